// Refused changes of records that their user deletes, and deletes that are held or refused.
#include "tests/core/sync/refused_fixture.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

TEST_F(Refused, ATextThatItsUserDeletedLeavesTheList) {
  put_query("q", "mine", "SELECT 1");
  refuse_all();
  erase(saved_query, "q");
  EXPECT_TRUE(store_.rejected().empty());
  EXPECT_FALSE(store_.find(saved_query, "q"));
}

TEST_F(Refused, AnEditOfARecordThatItsUserDeletedLeavesTheListWithIt) {
  pulled(row(saved_query, "q", 1, query_text("old", "SELECT 0")));
  put_query("q", "mine", "SELECT 0");
  const ChangeId refused = refuse_all(ErrorCode::quota_exceeded);
  erase(saved_query, "q");
  const FrozenChange removal = freeze_all().at(0);
  EXPECT_EQ(removal.action, Action::remove);
  EXPECT_EQ(retry(refused).error().code, ErrorCode::version_conflict);
  EXPECT_EQ(store_.rejected().size(), 1U);
  settle_as(applied(removal, 2));
  EXPECT_TRUE(store_.rejected().empty());
}

TEST_F(Refused, ATextThatItsUserDeletedBeforeTheRefusalIsListedUntilThatHappens) {
  pulled(row(saved_query, "q", 1, query_text("old", "SELECT 0")));
  put_query("q", "mine", "SELECT 0");
  const FrozenChange sent = freeze_all().at(0);
  erase(saved_query, "q");
  refuse(sent);
  EXPECT_EQ(store_.rejected().size(), 1U);
  const FrozenChange removal = freeze_all().at(0);
  EXPECT_EQ(removal.action, Action::remove);
  settle_as(applied(removal, 2));
  EXPECT_TRUE(store_.rejected().empty());
}

// The row is the first that the device hears of the record: others have made their own.
TEST_F(Refused, ATextWhoseDeleteIsRefusedTooIsNotPartOfTheRowThatComes) {
  put_query("q", "mine", "SELECT 1");
  const FrozenChange sent = freeze_all().at(0);
  erase(saved_query, "q");
  refuse(sent, ErrorCode::quota_exceeded);
  refuse_all(ErrorCode::quota_exceeded);
  EXPECT_FALSE(store_.find(saved_query, "q"));
  pulled(row(saved_query, "q", 1, query_text("theirs", "SELECT 2")));
  EXPECT_EQ(query().content, query_text("theirs", "SELECT 2"));
  ASSERT_EQ(store_.rejected().size(), 2U);
  EXPECT_TRUE(store_.rejected().at(0).shown.empty());
  EXPECT_EQ(store_.rejected().at(0).replaced, sent.changed);
}

TEST_F(Refused, ADeleteThatIsGivenUpBringsTheRefusedTextBack) {
  pulled(row(saved_query, "q", 1, query_text("old", "SELECT 0")));
  put_query("q", "mine", "SELECT 0");
  refuse_all();
  erase(saved_query, "q");
  discard(refuse_all(ErrorCode::mass_delete_held));
  EXPECT_EQ(query().content, query_text("mine", "SELECT 0"));
  EXPECT_EQ(store_.rejected().size(), 1U);
}

// What they did to the same field is shown.
TEST_F(Refused, ADeleteThatOthersEditsPreventBringsTheRefusedTextBack) {
  pulled(row(saved_query, "q", 1, query_text("old", "SELECT 0")));
  put_query("q", "mine", "SELECT 1");
  const ChangeId refused = refuse_all();
  erase(saved_query, "q");
  const FrozenChange removal = freeze_all().at(0);
  const Record first = *query().shadow;
  Record theirs = row(saved_query, "q", 2, query_text("theirs", "SELECT 0"));
  theirs.field_versions = {{"query", Version{1}, first.origin}};
  settle_as(answered(removal, Status::conflict, theirs));
  EXPECT_EQ(query().content, query_text("theirs", "SELECT 1"));
  EXPECT_EQ(retry(refused).error().code, ErrorCode::version_conflict);
}

TEST_F(Refused, WhatIsMadeAnewOverADeleteTakesThePlaceOfTheRefusedText) {
  pulled(row(saved_query, "q", 1, query_text("old", "SELECT 0")));
  put_query("q", "mine", "SELECT 0");
  refuse_all();
  erase(saved_query, "q");
  put_query("q", "anew", "SELECT 0");
  EXPECT_TRUE(store_.rejected().empty());
}

TEST_F(Refused, ATextThatIsGivenUpBehindAHeldDeleteDoesNotShowTheRecord) {
  pulled(row(saved_query, "q", 1, query_text("old", "SELECT 0")));
  put_query("q", "mine", "SELECT 0");
  const ChangeId refused = refuse_all();
  erase(saved_query, "q");
  refuse_all(ErrorCode::mass_delete_held);
  discard(refused);
  EXPECT_EQ(query().content, "");
  EXPECT_EQ(store_.rejected().size(), 1U);
}

TEST_F(Refused, AHeldDeleteThatIsGivenUpShowsTheUsersOwnTextUnredacted) {
  synced();
  discard(hold_delete());
  EXPECT_EQ(metadata(), with_secret);
  EXPECT_EQ(now().redacted, texts({"metadata"}));
  expect_nothing_put_aside();
}

TEST_F(Refused, AConfirmedDeleteThatLosesDoesNotCostTheUsersOwnText) {
  synced();
  const ChangeId held = hold_delete();
  pulled(theirs(2, "renamed", R"({"note":1})"));
  EXPECT_EQ(metadata(), with_secret);
  ASSERT_TRUE(retry(held));
  EXPECT_EQ(now().redacted, texts({}));
  settle_as(answered(freeze_all().at(0), Status::conflict, theirs(3, "renamed", R"({"note":1})")));
  EXPECT_EQ(metadata(), with_secret);
}

TEST_F(Refused, AConfirmedDeleteThatHappensLeavesNothing) {
  synced();
  ASSERT_TRUE(retry(hold_delete()));
  settle_as(applied(freeze_all().at(0), 2));
  expect_nothing_put_aside();
}

// The one that he deleted was not written upon it.
TEST_F(Refused, ATextThatIsOnTheListOnlyStaysThereWhenAnotherIsDeleted) {
  put_query("q", "first", "SELECT 1");
  refuse_all();
  pulled(tombstone(saved_query, "q", 2, reason_private));
  put_query("q", "second", "SELECT 2");
  erase(saved_query, "q");
  ASSERT_EQ(store_.rejected().size(), 1U);
  EXPECT_EQ(store_.rejected()[0].change.content, query_text("first", "SELECT 1"));
}

TEST_F(Refused, WhoUsesAWithdrawnIdAgainCreatesARecord) {
  pulled(tombstone(saved_query, "q", 2, reason_private));
  put_query("q", "anew", "SELECT 1");
  EXPECT_EQ(query().edit->base, Rev{});
}

// The record that showed another text is on its way out.
TEST_F(Refused, ATextIsNotDroppedWhereItIsTriedAgainBehindTheDeleteOfAnother) {
  pulled(row(saved_query, "q", 1, query_text("theirs", "SELECT 0")));
  put_query("q", "mine", "SELECT 0");
  const ChangeId refused = refuse_all();
  pulled(row(saved_query, "q", 2, query_text("theirs, too", "SELECT 0")));
  EXPECT_TRUE(erase(saved_query, "q"));
  const FrozenChange removal = freeze_all().at(0);
  EXPECT_EQ(retry(refused).error().code, ErrorCode::version_conflict);
  settle_as(applied(removal, 3));
  ASSERT_TRUE(retry(refused));
  EXPECT_EQ(freeze_all().at(0).content, query_text("mine", "SELECT 0"));
}

// Behind it others may have written what was never shown.
TEST_F(Refused, ATextIsNotTriedAgainWhereADeleteOfItsRecordWaitsForADecision) {
  const Record first = row(saved_query, "q", 1, query_text("theirs", "SELECT 0"));
  pulled(first);
  put_query("q", "mine", "SELECT 0");
  const ChangeId refused = refuse_all();
  pulled(row(saved_query, "q", 2, query_text("theirs, too", "SELECT 0")));
  EXPECT_TRUE(erase(saved_query, "q"));
  const ChangeId removal = refuse_all(ErrorCode::quota_exceeded);
  pulled(row(saved_query, "q", 3, query_text("theirs, unseen", "SELECT 0")));
  EXPECT_EQ(retry(refused).error().code, ErrorCode::version_conflict);
  EXPECT_EQ(store_.rejected().size(), 2U);
  ASSERT_TRUE(retry(removal));
  EXPECT_EQ(freeze_all().at(0).base.version, Version{2});
}

// It goes into the open conflict, whole.
TEST_F(Refused, WhatIsMadeAnewBehindAnUnsettledDeleteNamesTheFieldsThatItLacks) {
  pulled(row(saved_query, "q", 1, query_text("old", "SELECT 1", "folder")));
  EXPECT_TRUE(erase(saved_query, "q"));
  const FrozenChange removal = freeze_all().at(0);
  put_query("q", "anew", "SELECT 1");
  ChangeResult open =
      answered(removal, Status::conflict,
               row(saved_query, "q", 2, query_text("theirs", "SELECT 1", "folder")));
  open.strategy = Strategy::user_choice;
  settle_as(open);
  EXPECT_EQ(query().edit->base.version, Version{1});
  EXPECT_TRUE(std::ranges::count(query().edit->changed, "folder"));
}

}  // namespace
}  // namespace studiosync::testing
