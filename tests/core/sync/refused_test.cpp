// What becomes of refused changes that the user tries again, whatever happened to their records.
#include <cstdint>

#include "tests/core/sync/refused_fixture.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

TEST_F(Refused, ATextComesBackFromTheListWhereItsRecordWasWithdrawn) {
  put_query("q", "mine", "SELECT 1");
  const ChangeId refused = refuse_all();
  pulled(tombstone(saved_query, "q", 2, reason_private));
  EXPECT_EQ(query().content, "");
  ASSERT_TRUE(retry(refused));
  EXPECT_EQ(query().content, query_text("mine", "SELECT 1"));
  const FrozenChange again = freeze_all().at(0);
  EXPECT_EQ(again.content, query_text("mine", "SELECT 1"));
  EXPECT_EQ(again.base, Rev{});
}

TEST_F(Refused, ADeleteThatIsTriedAgainHasNotSeenWhatOthersWroteSince) {
  const Record before = row(saved_query, "q", 1, query_text("theirs", "SELECT 1"));
  pulled(before);
  EXPECT_TRUE(erase(saved_query, "q"));
  const ChangeId refused = refuse_all(ErrorCode::quota_exceeded);
  pulled(row(saved_query, "q", 2, query_text("theirs", "SELECT 2")));
  ASSERT_TRUE(retry(refused));
  const FrozenChange again = freeze_all().at(0);
  EXPECT_EQ(again.action, Action::remove);
  EXPECT_EQ(again.base, before.rev);
}

TEST_F(Refused, ARecordThatIsMadeAnewOverARefusedDeleteHasNotSeenWhatOthersWroteSince) {
  pulled(row(saved_query, "q", 1, query_text("old", "SELECT 1", "folder")));
  ASSERT_TRUE(erase(saved_query, "q"));
  const FrozenChange removal = freeze_all().at(0);
  pulled(row(saved_query, "q", 2, query_text("theirs", "SELECT 1", "folder")));
  refuse(removal, ErrorCode::quota_exceeded);
  put_query("q", "anew", "SELECT 1");
  EXPECT_TRUE(store_.rejected().empty());
  const FrozenChange anew = freeze_all().at(0);
  EXPECT_EQ(anew.base, removal.base);
  EXPECT_EQ(anew.changed, texts({"folder", "name"}));
}

TEST_F(Refused, ARecordThatWasMadeAnewTakesThePlaceOfItsRefusedDelete) {
  pulled(row(saved_query, "q", 1, query_text("old", "SELECT 1", "folder")));
  ASSERT_TRUE(erase(saved_query, "q"));
  const FrozenChange removal = freeze_all().at(0);
  put_query("q", "anew", "SELECT 1");
  refuse(removal, ErrorCode::quota_exceeded);
  EXPECT_TRUE(store_.rejected().empty());
  const FrozenChange anew = freeze_all().at(0);
  EXPECT_EQ(anew.base, removal.base);
  EXPECT_EQ(anew.changed, texts({"folder", "name"}));
}

TEST_F(Refused, ATextComesBackFromTheListWhereOthersDeletedItsRecord) {
  pulled(row(saved_query, "q", 1, query_text("theirs", "SELECT 1")));
  put_query("q", "mine", "SELECT 1");
  const ChangeId refused = refuse_all(ErrorCode::quota_exceeded);
  const Record gone = tombstone(saved_query, "q", 2);
  pulled(gone);
  ASSERT_TRUE(retry(refused));
  const FrozenChange again = freeze_all().at(0);
  EXPECT_EQ(again.content, query_text("mine", "SELECT 1"));
  EXPECT_EQ(again.base, gone.rev);
}

// As where the delete comes after the refusal.
TEST_F(Refused, ATextIsOnTheListOnlyWhereOthersDeletedItsRecordWhileItWasOnItsWay) {
  pulled(row(saved_query, "q", 1, query_text("theirs", "SELECT 1", "folder")));
  put(saved_query, "q", query_text("mine", "SELECT 1", "folder"));
  const FrozenChange sent = freeze_all().at(0);
  pulled(tombstone(saved_query, "q", 2));
  refuse(sent, ErrorCode::quota_exceeded);
  EXPECT_EQ(query().content, "");
  pulled(row(saved_query, "q", 3, query_text("anew", "SELECT 3")));
  EXPECT_EQ(query().content, query_text("anew", "SELECT 3"));
  EXPECT_EQ(store_.rejected().size(), 1U);
}

TEST_F(Refused, ATextThatIsTriedOnceMoreIsNoPartOfARecordThatOthersMakeAnew) {
  pulled(row(saved_query, "q", 1, query_text("theirs", "SELECT 1")));
  put(saved_query, "q", query_text("theirs", "SELECT 1", "folder"));
  const ChangeId first = refuse_all(ErrorCode::quota_exceeded);
  pulled(tombstone(saved_query, "q", 2));
  ASSERT_TRUE(retry(first));
  const ChangeId second = refuse_all(ErrorCode::quota_exceeded);
  EXPECT_EQ(query().content, query_text("theirs", "SELECT 1", "folder"));
  Record anew = row(saved_query, "q", 3, query_text("anew", "SELECT 3"));
  anew.field_versions = {{std::string(any_field), Version{3}, anew.origin}};
  pulled(anew);
  EXPECT_EQ(query().content, query_text("anew", "SELECT 3"));
  EXPECT_EQ(retry(second).error().code, ErrorCode::version_conflict);
}

TEST_F(Refused, TheTextThatTheServerHasRedactedComesBackWhereAnEditOfItIsGivenUp) {
  for (const std::string_view edited :
       {R"({"note":2,"password":"canary"})", R"({"note":2,"password":"other"})", R"({"note":2})"}) {
    synced();
    put_connection("db", edited);
    discard(refuse_all());
    EXPECT_EQ(metadata(), with_secret) << edited;
    EXPECT_EQ(now().redacted, texts({"metadata"}));
    EXPECT_TRUE(erase(connection, "c"));
    settle_as(applied(freeze_all().at(0), 2));
    store_ = device_store("laptop", 'L');
  }
}

TEST_F(Refused, TheTextThatTheServerHadRedactedIsForgottenWhereItTakesAnEditOfIt) {
  synced();
  put_connection("db", R"({"note":2,"password":"other"})");
  expect_put_aside();
  settle_as(applied(freeze_all().at(0), 2));
  expect_nothing_put_aside();
}

TEST_F(Refused, NothingIsShownOfARedactedTextThatIsGivenUpAfterOneBelowIt) {
  pulled(row(connection, "c", 1, connection_text("db", R"({"note":0})")));
  put_connection("renamed", R"({"note":0})");
  const ChangeId first = refuse_all(ErrorCode::quota_exceeded);
  put_connection("renamed", with_secret);
  const ChangeId second = refuse_all(ErrorCode::quota_exceeded);
  discard(first);
  EXPECT_EQ(metadata(), with_secret);
  discard(second);
  EXPECT_EQ(now().content, connection_text("db", R"({"note":0})"));
  EXPECT_EQ(now().redacted, texts({}));
}

TEST_F(Refused, OnceMoreForAWithdrawnRecordATextIsOnTheListOnly) {
  put_query("q", "mine", "SELECT 1");
  const ChangeId first = refuse_all();
  pulled(tombstone(saved_query, "q", 2, reason_private));
  ASSERT_TRUE(retry(first));
  refuse_all();
  EXPECT_EQ(query().content, "");
  ASSERT_EQ(store_.rejected().size(), 1U);
  EXPECT_EQ(store_.rejected()[0].change.content, query_text("mine", "SELECT 1"));
}

TEST_F(Refused, TheUsersOwnTextComesBackUnredacted) {
  put_connection("db", with_secret);
  const ChangeId refused = refuse_all();
  pulled(tombstone(connection, "c", 2, reason_private));
  expect_put_aside();
  ASSERT_TRUE(retry(refused));
  EXPECT_EQ(metadata(), with_secret);
  EXPECT_EQ(now().redacted, texts({}));
  expect_nothing_put_aside();
}

TEST_F(Refused, ATextInWhosePlaceAnotherWasWrittenStaysOnTheList) {
  put_query("q", "first", "SELECT 1");
  const ChangeId refused = refuse_all();
  pulled(tombstone(saved_query, "q", 2));
  put_query("q", "second", "SELECT 2");
  EXPECT_EQ(retry(refused).error().code, ErrorCode::version_conflict);
  EXPECT_EQ(store_.rejected().size(), 1U);
  Record anew = row(saved_query, "q", 3, query_text("second", "SELECT 2"));
  anew.field_versions = {{std::string(any_field), Version{3}, anew.origin}};
  settle_as(answered(freeze_all().at(0), Status::applied, anew));
  EXPECT_EQ(retry(refused).error().code, ErrorCode::version_conflict);
  EXPECT_EQ(store_.rejected().size(), 1U);
}

TEST_F(Refused, ATextInWhosePlaceAnotherWasWrittenStaysAlsoWhereItsDeleteIsForgotten) {
  put_query("q", "first", "SELECT 1");
  const ChangeId refused = refuse_all();
  pulled(tombstone(saved_query, "q", 2, reason_private));
  forget_tombstones();
  EXPECT_FALSE(record(saved_query, "q").shadow);
  put_query("q", "second", "SELECT 2");
  EXPECT_EQ(retry(refused).error().code, ErrorCode::version_conflict);
  EXPECT_EQ(store_.rejected().size(), 1U);
  EXPECT_EQ(query().content, query_text("second", "SELECT 2"));
}

TEST_F(Refused, OneTextThatComesBackFromTheListTakesNotTheOthersPlace) {
  pulled(tombstone(saved_query, "q", 2, reason_private));
  put_query("q", "first", "SELECT 1");
  const ChangeId first = refuse_all();
  put_query("q", "second", "SELECT 2");
  const ChangeId second = refuse_all();
  forget_tombstones();
  EXPECT_EQ(query().content, "");
  ASSERT_TRUE(retry(first));
  EXPECT_EQ(retry(second).error().code, ErrorCode::version_conflict);
  EXPECT_EQ(query().content, query_text("first", "SELECT 1"));
  EXPECT_EQ(freeze_all().at(0).content, query_text("first", "SELECT 1"));
  ASSERT_EQ(store_.rejected().size(), 1U);
  EXPECT_EQ(store_.rejected()[0].change.content, query_text("second", "SELECT 2"));
}

TEST_F(Refused, WhatWasWrittenUponARefusedTextComesBackWithIt) {
  put_query("q", "first", "SELECT 1");
  const ChangeId first = refuse_all();
  put_query("q", "second", "SELECT 1");
  const ChangeId second = refuse_all();
  const Stamp last = store_.rejected().back().change.stamp;
  pulled(tombstone(saved_query, "q", 2, reason_private));
  ASSERT_TRUE(retry(first));
  EXPECT_EQ(query().content, query_text("second", "SELECT 1"));
  ASSERT_TRUE(retry(second));
  EXPECT_TRUE(store_.rejected().empty());
  const FrozenChange sent = freeze_all().at(0);
  EXPECT_EQ(sent.content, query_text("second", "SELECT 1"));
  EXPECT_EQ(sent.stamp, last);
}

TEST_F(Refused, ATextThatWasWrittenBesideARefusedOneComesNotBackWithIt) {
  pulled(row(saved_query, "q", 1, query_text("old", "SELECT 0")));
  put_query("q", "mine", "SELECT 0");
  const ChangeId first = refuse_all();
  pulled(row(saved_query, "q", 2, query_text("theirs", "SELECT 0")));
  put_query("q", "theirs", "SELECT 2");
  const ChangeId second = refuse_all();
  pulled(tombstone(saved_query, "q", 3));
  ASSERT_TRUE(retry(first));
  EXPECT_EQ(query().content, query_text("mine", "SELECT 0"));
  EXPECT_EQ(retry(second).error().code, ErrorCode::version_conflict);
}

TEST_F(Refused, ATextThatIsRefusedWhenItsRecordWasMadeAnewStaysOnTheList) {
  pulled(row(saved_query, "q", 1, query_text("theirs", "SELECT 0")));
  put_query("q", "first", "SELECT 1");
  const FrozenChange sent = freeze_all().at(0);
  pulled(tombstone(saved_query, "q", 2, reason_private));
  put_query("q", "second", "SELECT 2");
  refuse(sent);
  forget_tombstones();
  EXPECT_EQ(retry(sent.change).error().code, ErrorCode::version_conflict);
  EXPECT_EQ(query().content, query_text("second", "SELECT 2"));
}

TEST_F(Refused, EverythingThatWasRefusedOfARecordGoesOutOnceMore) {
  pulled(row(saved_query, "q", 1, query_text("old", "SELECT 0")));
  put_query("q", "old", "SELECT 1");
  const ChangeId first = refuse_all(ErrorCode::quota_exceeded);
  put_query("q", "new", "SELECT 1");
  const ChangeId second = refuse_all(ErrorCode::quota_exceeded);
  ASSERT_TRUE(retry(first));
  ASSERT_TRUE(retry(second));
  EXPECT_TRUE(store_.rejected().empty());
  EXPECT_EQ(freeze_all().at(0).changed, texts({"name", "query"}));
}

// Two texts are refused, the second with the first one's field; others write a third field of it.
class PartlyWrittenOver : public Refused {
 protected:
  void SetUp() override {
    Refused::SetUp();
    const Record old = row(saved_query, "q", 1, query_text("old", "SELECT 0", "folder"));
    pulled(old);
    put(saved_query, "q", query_text("old", "SELECT 1", "folder"));
    first_ = refuse_all(ErrorCode::quota_exceeded);
    put(saved_query, "q", query_text("mine", "SELECT 1", "my folder"));
    second_ = refuse_all(ErrorCode::quota_exceeded);
    Record theirs = row(saved_query, "q", 2, query_text("theirs", "SELECT 0", "folder"));
    theirs.field_versions = {{"folder", Version{1}, old.origin}, {"query", Version{1}, old.origin}};
    pulled(theirs);
    EXPECT_EQ(query().content, query_text("theirs", "SELECT 1", "my folder"));
  }

  ChangeId first_;
  ChangeId second_;
};

TEST_F(PartlyWrittenOver, WhatIsShownOfARefusedTextGoesOutWithAnotherOne) {
  ASSERT_TRUE(retry(first_));
  const FrozenChange again = freeze_all().at(0);
  EXPECT_EQ(again.content, query_text("theirs", "SELECT 1", "my folder"));
  EXPECT_EQ(again.changed, texts({"folder", "query"}));
  EXPECT_EQ(retry(second_).error().code, ErrorCode::version_conflict);
}

TEST_F(PartlyWrittenOver, WhatIsShownOfARefusedTextStaysWhereAnotherOneIsGivenUp) {
  discard(first_);
  EXPECT_EQ(query().content, query_text("theirs", "SELECT 1", "my folder"));
  discard(second_);
  EXPECT_EQ(query().content, query_text("theirs", "SELECT 0", "folder"));
}

TEST_F(Refused, ATextThatOthersWroteOverStaysOnTheList) {
  pulled(row(saved_query, "q", 1, query_text("old", "SELECT 0")));
  put_query("q", "mine", "SELECT 0");
  const ChangeId refused = refuse_all(ErrorCode::quota_exceeded);
  pulled(row(saved_query, "q", 2, query_text("theirs", "SELECT 0")));
  EXPECT_EQ(retry(refused).error().code, ErrorCode::version_conflict);
  EXPECT_EQ(store_.rejected().size(), 1U);
  EXPECT_FALSE(query().edit);
}

TEST_F(Refused, WhatOthersWroteBesideARefusedTextStaysWhenItGoesOutOnceMore) {
  const Record old = row(saved_query, "q", 1, query_text("old", "SELECT 0"));
  pulled(old);
  put_query("q", "mine", "SELECT 0");
  const ChangeId refused = refuse_all(ErrorCode::quota_exceeded);
  Record theirs = row(saved_query, "q", 2, query_text("old", "SELECT 2"));
  theirs.field_versions = {{"name", Version{1}, old.origin}};
  pulled(theirs);
  ASSERT_TRUE(retry(refused));
  const FrozenChange again = freeze_all().at(0);
  EXPECT_EQ(again.content, query_text("mine", "SELECT 2"));
  EXPECT_EQ(again.changed, texts({"name"}));
  EXPECT_EQ(again.base, theirs.rev);
}

TEST_F(Refused, AnEditUponWhatOthersWroteIsNotTheMendingOfTheTextBelowIt) {
  pulled(row(saved_query, "q", 1, query_text("old", "SELECT 0")));
  put_query("q", "mine", "SELECT 0");
  const ChangeId refused = refuse_all(ErrorCode::quota_exceeded);
  pulled(row(saved_query, "q", 2, query_text("theirs", "SELECT 0")));
  put_query("q", "later", "SELECT 0");
  settle_as(applied(freeze_all().at(0), 3));
  EXPECT_EQ(retry(refused).error().code, ErrorCode::version_conflict);
}

TEST_F(Refused, ATextThatOthersWroteOverOutlivesTheDeleteOfTheirs) {
  pulled(row(saved_query, "q", 1, query_text("old", "SELECT 0")));
  put_query("q", "mine", "SELECT 0");
  const ChangeId refused = refuse_all(ErrorCode::quota_exceeded);
  pulled(row(saved_query, "q", 2, query_text("theirs", "SELECT 0")));
  erase(saved_query, "q");
  EXPECT_EQ(retry(refused).error().code, ErrorCode::version_conflict);
  settle_as(applied(freeze_all().at(0), 3));
  ASSERT_TRUE(retry(refused));
  EXPECT_EQ(query().content, query_text("mine", "SELECT 0"));
}

// A clone has this device's replica until both have been online.
TEST_F(Refused, ATextInWhosePlaceACloneWroteAnotherStaysOnTheList) {
  const Record first = row(saved_query, "q", 1, query_text("theirs", "SELECT 1"));
  pulled(first);
  put_query("q", "mine", "SELECT 1");
  const ChangeId refused = refuse_all();
  Record clones = row(saved_query, "q", 2, query_text("the clone's", "SELECT 1"));
  clones.origin.replica = store_.meta().replica;
  clones.origin.device_seq = store_.meta().last_frozen.next();
  clones.field_versions = {{"query", Version{1}, first.origin},
                           {"favorite", Version{1}, first.origin}};
  pulled(clones);
  EXPECT_EQ(retry(refused).error().code, ErrorCode::version_conflict);
  EXPECT_EQ(store_.rejected().size(), 1U);
}

// As long as nothing was answered, a clone gives the same numbers.
TEST_F(Refused, ATextOverWhichACloneWroteUnderANumberOfOnesOwnIsOnTheListOnly) {
  const Record first = row(saved_query, "q", 1, query_text("theirs", "SELECT 1"));
  pulled(first);
  put_query("q", "mine", "SELECT 1");
  const ChangeId refused = refuse_all();
  put_query("other", "other", "SELECT 2");
  Record clones = row(saved_query, "q", 2, query_text("the clone's", "SELECT 1"));
  clones.origin.replica = store_.meta().replica;
  clones.origin.device_seq = freeze_all().at(0).seq;
  clones.field_versions = {{"query", Version{1}, first.origin}};
  pulled(clones);
  EXPECT_EQ(query().content, clones.content);
  EXPECT_EQ(store_.rejected().at(0).replaced, texts({"name"}));
  EXPECT_EQ(retry(refused).error().code, ErrorCode::version_conflict);
}

TEST_F(Refused, ATextThatGoesOutWithAnEarlierOneKeepsItsTime) {
  pulled(row(saved_query, "q", 1, query_text("theirs", "SELECT 1")));
  put_query("q", "first", "SELECT 1");
  const ChangeId first = refuse_all();
  now_ = now_ + Millis{1000};
  put_query("q", "second", "SELECT 1");
  const Stamp stamp = query().edit->stamp;
  refuse_all();
  ASSERT_TRUE(retry(first));
  EXPECT_EQ(query().edit->stamp, stamp);
}

TEST_F(Refused, WhatOthersChangedAndChangedBackIsShown) {
  const Record first = row(saved_query, "q", 1, query_text("theirs", "SELECT 1"));
  pulled(first);
  put_query("q", "mine", "SELECT 1");
  refuse_all();
  Record back = row(saved_query, "q", 3, first.content);
  back.field_versions = {{"query", Version{1}, first.origin},
                         {"favorite", Version{1}, first.origin}};
  pulled(back);
  EXPECT_EQ(query().content, first.content);
}

TEST_F(Refused, ATextUponWhatOthersWroteOverAnotherStays) {
  pulled(row(saved_query, "q", 1, query_text("theirs", "SELECT 1")));
  put_query("q", "mine", "SELECT 1");
  refuse_all();
  Record second = row(saved_query, "q", 2, query_text("theirs, too", "SELECT 1"));
  pulled(second);
  put_query("q", "mine, after all", "SELECT 1");
  refuse_all();
  Record third = row(saved_query, "q", 3, query_text("theirs, too", "SELECT 3"));
  third.field_versions = {{"name", Version{2}, second.origin}};
  pulled(third);
  EXPECT_EQ(query().content, query_text("mine, after all", "SELECT 3"));
}

TEST_F(Refused, WhatOthersWroteBeforeTheRefusalIsShownAsWhatComesAfterIt) {
  pulled(row(saved_query, "q", 1, query_text("old", "SELECT 0")));
  put_query("q", "mine", "SELECT 0");
  const FrozenChange sent = freeze_all().at(0);
  pulled(row(saved_query, "q", 2, query_text("theirs", "SELECT 2")));
  refuse(sent);
  EXPECT_EQ(query().content, query_text("theirs", "SELECT 2"));
  EXPECT_EQ(retry(sent.change).error().code, ErrorCode::version_conflict);
}

TEST_F(Refused, WhatOthersWroteBesideATextBeforeItsRefusalIsShown) {
  pulled(row(saved_query, "q", 1, query_text("old", "SELECT 0")));
  put_query("q", "mine", "SELECT 0");
  const FrozenChange sent = freeze_all().at(0);
  Record theirs = row(saved_query, "q", 2, query_text("old", "SELECT 2"));
  theirs.field_versions = {{"name", Version{1}, theirs.origin}};
  pulled(theirs);
  refuse(sent);
  EXPECT_EQ(query().content, query_text("mine", "SELECT 2"));
}

TEST_F(Refused, WhatTheUserMendedAndSentLeavesTheList) {
  put_query("q", "bad", "SELECT 1");
  const ChangeId refused = refuse_all();
  put_query("q", "good", "SELECT 1");
  settle_as(applied(freeze_all().at(0), 1));
  ASSERT_TRUE(retry(refused));
  EXPECT_TRUE(store_.rejected().empty());
  EXPECT_EQ(query().content, query_text("good", "SELECT 1"));
  EXPECT_FALSE(query().edit);
}

TEST_F(Refused, GivingOneTextUpLeavesTheOther) {
  pulled(row(saved_query, "q", 1, query_text("old", "SELECT 0")));
  put_query("q", "mine", "SELECT 0");
  const ChangeId first = refuse_all(ErrorCode::quota_exceeded);
  put_query("q", "mine", "SELECT 2");
  const ChangeId second = refuse_all(ErrorCode::quota_exceeded);
  discard(second);
  EXPECT_EQ(query().content, query_text("mine", "SELECT 0"));
  discard(first);
  EXPECT_EQ(query().content, query_text("old", "SELECT 0"));
}

TEST_F(Refused, ATextThatWasWrittenOnceMoreLeavesTheList) {
  put_query("q", "mine", "SELECT 1");
  const ChangeId refused = refuse_all();
  pulled(tombstone(saved_query, "q", 2, reason_private));
  put_query("q", "mine", "SELECT 1");
  ASSERT_TRUE(retry(refused));
  EXPECT_TRUE(store_.rejected().empty());
  EXPECT_EQ(query().content, query_text("mine", "SELECT 1"));
}

TEST_F(Refused, AMendedChangeOnlyLeavesTheList) {
  put_query("q", "bad", "SELECT 1");
  const ChangeId refused = refuse_all();
  put_query("q", "good", "SELECT 1");
  ASSERT_TRUE(retry(refused));
  EXPECT_TRUE(store_.rejected().empty());
  EXPECT_EQ(freeze_all().at(0).content, query_text("good", "SELECT 1"));
}

}  // namespace
}  // namespace studiosync::testing
