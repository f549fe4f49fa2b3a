#include "tests/core/sync/sync_fixture.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

// One saved query: version 3 was pulled, the user's edit of it is on its way.
class Settle : public DeviceTest {
 protected:
  Settle() {
    pulled(row(saved_query, "q", 3, query_text("old", "SELECT 1")));
    put_query("q", "sent", "SELECT 1");
    sent_ = freeze_all().at(0);
  }

  ChangeResult conflict(const Record& stored, Strategy strategy) const {
    ChangeResult result = answered(sent_, Status::conflict, stored);
    result.strategy = strategy;
    result.conflict_id = "x-1";
    return result;
  }
  ChangeResult copied(const Record& stored) {
    pulled(row(saved_query, "c-1", 1, query_text("sent (copy)", "SELECT 1")));
    ChangeResult result = conflict(stored, Strategy::keep_both);
    result.copy_id = "c-1";
    return result;
  }
  DeviceRecord query() { return record(saved_query, "q"); }

  FrozenChange sent_;
  Record theirs_ = row(saved_query, "q", 4, query_text("theirs", "SELECT 1"));
};

TEST_F(Settle, AppliedRaisesTheShadowToWhatWasSent) {
  const Settled settled = settle_as(applied(sent_, 4));
  EXPECT_EQ(settled.status, Status::applied);
  EXPECT_EQ(query().shadow->rev.version, Version{4});
  EXPECT_EQ(query().shadow->content, query_text("sent", "SELECT 1"));
  EXPECT_EQ(query().content, query_text("sent", "SELECT 1"));
  EXPECT_FALSE(query().in_flight);
  EXPECT_EQ(store_.counts().frozen, 0U);
}

TEST_F(Settle, AVersionThatCameAsARowStaysAsTheServerHasIt) {
  Record stored = row(saved_query, "q", 5, query_text("sent", "SELECT 1"));
  stored.seq = Seq{4};
  stored.field_versions = {{"query", Version{3}, {replica('S'), DeviceSeq{3}, Stamp::at(noon)}}};
  pulled(stored);
  ChangeResult again = applied(sent_, 5);
  again.status = Status::unchanged;
  settle_as(again);
  EXPECT_EQ(query().shadow, stored);
}

TEST_F(Settle, AnswersThatArriveLateDoNotLowerTheShadow) {
  Record newer = row(saved_query, "q", 6, query_text("newer", "SELECT 1"));
  newer.rev.epoch = Epoch{2};
  pulled(newer);
  settle_as(applied(sent_, 4));
  EXPECT_EQ(query().shadow->rev, newer.rev);
  EXPECT_EQ(query().content, newer.content);
}

TEST_F(Settle, TheShadowOfAnOwnEditHasTheAgesOfTheFieldsThatItLeftAlone) {
  const FieldVersion before = query().shadow->last_change_of("query");
  settle_as(applied(sent_, 4));
  const Record shadow = *query().shadow;
  EXPECT_EQ(shadow.last_change_of("query"), before);
  EXPECT_EQ(shadow.last_change_of("name").version, Version{4});
  EXPECT_EQ(shadow.last_change_of("name").origin.replica, replica('L'));
  EXPECT_EQ(shadow.seq, Seq{4});
}

TEST_F(Settle, AHeldDeleteWaitsForTheUserAndKeepsTheServersVersion) {
  settle_as(applied(sent_, 4));
  EXPECT_TRUE(erase(saved_query, "q"));
  const FrozenChange removal = freeze_all().at(0);
  ChangeResult held = applied(removal, 4);
  held.status = Status::held;
  EXPECT_EQ(settle_as(held).status, Status::held);
  ASSERT_EQ(store_.rejected().size(), 1U);
  EXPECT_EQ(store_.rejected()[0].error.code, ErrorCode::mass_delete_held);
  EXPECT_FALSE(query().shadow->deleted);
}

TEST_F(Settle, ARecordThatWasMadeAnewTakesThePlaceOfItsHeldDelete) {
  pulled(row(saved_query, "other", 2, query_text("old", "SELECT 1", "folder")));
  EXPECT_TRUE(erase(saved_query, "other"));
  const FrozenChange removal = freeze_all().at(0);
  put_query("other", "anew", "SELECT 1");
  ChangeResult held = applied(removal, 2);
  held.status = Status::held;
  settle_as(held);
  EXPECT_TRUE(store_.rejected().empty());
  const FrozenChange anew = freeze_all().at(0);
  EXPECT_EQ(anew.base, removal.base);
  EXPECT_EQ(anew.changed, texts({"folder", "name"}));
  EXPECT_EQ(anew.content, query_text("anew", "SELECT 1"));
}

TEST_F(Settle, ADeleteOfWhatWasMadeAnewTakesThePlaceOfTheHeldOne) {
  pulled(row(saved_query, "other", 2, query_text("old", "SELECT 1")));
  EXPECT_TRUE(erase(saved_query, "other"));
  const FrozenChange removal = freeze_all().at(0);
  put_query("other", "anew", "SELECT 1");
  EXPECT_TRUE(erase(saved_query, "other"));
  ChangeResult held = applied(removal, 2);
  held.status = Status::held;
  settle_as(held);
  EXPECT_TRUE(store_.rejected().empty());
  EXPECT_EQ(freeze_all().at(0).base, removal.base);
}

TEST_F(Settle, AChangeWithoutAHistoryIsQueuedAgainAsItWas) {
  ChangeResult lost = applied(sent_, 0);
  lost.status = Status::rejected;
  lost.error = Error{.code = ErrorCode::resync_required};
  EXPECT_TRUE(settle_as(lost).queued_again);
  EXPECT_TRUE(store_.rejected().empty());
  ASSERT_TRUE(query().edit);
  EXPECT_EQ(query().edit->base, sent_.base);
  EXPECT_EQ(query().edit->changed, sent_.changed);
  EXPECT_EQ(query().content, query_text("sent", "SELECT 1"));
}

TEST_F(Settle, AChangeWithoutAHistoryIsNotQueuedAgainWhereItsRecordWasWithdrawn) {
  pulled(tombstone(saved_query, "q", 4, reason_private));
  ChangeResult lost = applied(sent_, 0);
  lost.status = Status::rejected;
  lost.error = Error{.code = ErrorCode::resync_required};
  settle_as(lost);
  EXPECT_FALSE(query().edit);
  EXPECT_TRUE(query().content.empty());
  EXPECT_TRUE(store_.rejected().empty());
}

TEST_F(Settle, ADeleteOfATextWhoseCopyIsForgottenDoesNotReachTheOthersRecord) {
  ASSERT_TRUE(erase(saved_query, "q"));
  ChangeResult result = conflict(theirs_, Strategy::keep_both);
  result.copy_id = "c-1";
  settle_as(result);
  EXPECT_FALSE(query().edit);
  EXPECT_EQ(query().content, theirs_.content);
}

TEST_F(Settle, AnEditBehindACreationThatMetAnothersRecordIsNoCreation) {
  put_query("new", "sent", "SELECT 1");
  const FrozenChange creation = freeze_all().at(0);
  put_query("new", "later", "SELECT 1");
  Record theirs = row(saved_query, "new", 2, query_text("theirs", "SELECT 1"));
  for (const char* field : {"favorite", "query"}) {
    theirs.field_versions.push_back({field, Version{1}, theirs.origin});
  }
  ChangeResult result = answered(creation, Status::conflict, theirs);
  result.strategy = Strategy::merge;
  settle_as(result);
  ASSERT_TRUE(record(saved_query, "new").edit);
  // The name at version 2 is still to be compared with.
  EXPECT_EQ(record(saved_query, "new").edit->base, (Rev{Epoch{1}, Version{1}}));
}

// Of its other fields the server has others' news perhaps, which a whole record would be against.
TEST_F(Settle, AnEditBehindACreationNamesItsFieldsWhereItHasSeenNothingOfThem) {
  put_query("new", "sent", "SELECT 1");
  const FrozenChange creation = freeze_all().at(0);
  put_query("new", "later", "SELECT 1");
  Record theirs = row(saved_query, "new", 2, query_text("theirs", "SELECT 1"));
  theirs.field_versions = {{"name", Version{1}, theirs.origin}};
  ChangeResult result = answered(creation, Status::conflict, theirs);
  result.strategy = Strategy::merge;
  settle_as(result);
  const FrozenChange edit = freeze_all().at(0);
  EXPECT_EQ(edit.base, (Rev{Epoch{1}, Version{}}));
  EXPECT_EQ(to_push(edit).changed_fields, texts({"name"}));
  EXPECT_FALSE(to_push(creation).changed_fields);
}

TEST_F(Settle, AnEditBehindACreationHasSeenAnEqualValueOfAnother) {
  put_query("new", "sent", "SELECT 1");
  const FrozenChange creation = freeze_all().at(0);
  put_query("new", "same", "SELECT 1");
  const Record theirs = row(saved_query, "new", 2, query_text("same", "SELECT 1"));
  ChangeResult result = answered(creation, Status::conflict, theirs);
  result.strategy = Strategy::merge;
  settle_as(result);
  const DeviceRecord settled = record(saved_query, "new");
  EXPECT_TRUE(!settled.edit || settled.edit->base == theirs.rev);
}

TEST_F(Settle, ARepeatedAnswerAboutARecordThatIsGoneLeavesNoShadow) {
  ChangeResult again = applied(sent_, 4);
  again.status = Status::duplicate;
  again.first_status = Status::applied;
  settle_as(again);
  EXPECT_FALSE(store_.find(saved_query, "q"));
}

TEST_F(Settle, MovesTheAcknowledgedMark) {
  settle_as(applied(sent_, 4));
  EXPECT_EQ(store_.meta().last_acked, sent_.seq);
  EXPECT_EQ(store_.meta().last_acked_id, sent_.change);
}

TEST_F(Settle, MergedShowsWhatBothMade) {
  const Record both = row(saved_query, "q", 5, query_text("sent", "SELECT 9"));
  settle_as(answered(sent_, Status::merged, both));
  EXPECT_EQ(query().content, both.content);
  EXPECT_EQ(query().shadow->rev.version, Version{5});
}

TEST_F(Settle, ADuplicateCountsAsItsFirstAnswer) {
  ChangeResult again = answered(sent_, Status::duplicate, theirs_);
  again.first_status = Status::applied;
  EXPECT_EQ(settle_as(again).status, Status::applied);
  EXPECT_EQ(query().content, theirs_.content);
}

TEST_F(Settle, ALostConflictShowsTheServersVersion) {
  EXPECT_EQ(settle_as(conflict(theirs_, Strategy::last_write_wins)).status, Status::conflict);
  EXPECT_EQ(query().content, theirs_.content);
}

TEST_F(Settle, ARejectedChangeKeepsTheUsersTextAndIsShown) {
  ChangeResult refused = applied(sent_, 0);
  refused.status = Status::rejected;
  refused.error = Error{.code = ErrorCode::quota_exceeded};
  EXPECT_EQ(settle_as(refused).error->code, ErrorCode::quota_exceeded);
  EXPECT_EQ(query().content, query_text("sent", "SELECT 1"));
  ASSERT_EQ(store_.rejected().size(), 1U);
  EXPECT_EQ(store_.rejected()[0].change, sent_);
  EXPECT_EQ(store_.meta().last_acked, sent_.seq);
}

TEST_F(Settle, AnEditBehindARejectedChangeTakesItsFieldsAlong) {
  put_query("q", "sent", "SELECT 2");
  ChangeResult refused = applied(sent_, 0);
  refused.status = Status::rejected;
  settle_as(refused);
  EXPECT_EQ(query().edit->changed, texts({"name", "query"}));
}

TEST_F(Settle, AResultOfAnotherChangeIsIgnored) {
  ChangeResult other = applied(sent_, 9);
  other.change_id = to_string(change_id(99));
  ASSERT_TRUE(store_.begin());
  EXPECT_FALSE(settle(store_, other, Seq{}, now_));
  other = applied(sent_, 9);
  other.device_seq = DeviceSeq{77};
  EXPECT_FALSE(settle(store_, other, Seq{}, now_));
  ASSERT_TRUE(store_.commit());
  EXPECT_EQ(store_.counts().frozen, 1U);
}

TEST_F(Settle, ALateResultNeverLowersTheShadow) {
  pulled(row(saved_query, "q", 7, query_text("newest", "SELECT 7")));
  settle_as(applied(sent_, 4));
  EXPECT_EQ(query().shadow->rev.version, Version{7});
  EXPECT_EQ(query().content, query_text("newest", "SELECT 7"));
}

TEST_F(Settle, AnEditMadeMeanwhileGoesOnTopOfTheAppliedVersion) {
  put_query("q", "sent", "SELECT 2");
  settle_as(applied(sent_, 4));
  EXPECT_EQ(query().edit->base.version, Version{4});
  EXPECT_EQ(query().edit->changed, texts({"query"}));
  EXPECT_EQ(query().content, query_text("sent", "SELECT 2"));
}

// What others made of the copy since, its user has not seen: he has been set back, say.
TEST_F(Settle, AnEditBehindARepeatedCopyIsBasedOnTheCopyAsItWasMade) {
  put_query("q", "later", "SELECT 1");
  ChangeResult again = copied(theirs_);
  again.first_status = std::exchange(again.status, Status::duplicate);
  pulled(row(saved_query, "c-1", 2, query_text("edited", "SELECT 1")));
  settle_as(again);
  const DeviceRecord copy = record(saved_query, "c-1");
  EXPECT_EQ(copy.edit->base, (Rev{Epoch{1}, Version{1}}));
  EXPECT_EQ(copy.content, query_text("later", "SELECT 1"));
}

TEST_F(Settle, AnEditMadeMeanwhileGoesOnTopOfAMergeThatLeftItsFieldAlone) {
  put_query("q", "later", "SELECT 1");
  settle_as(answered(sent_, Status::merged,
                     row(saved_query, "q", 5, query_text("sent", "SELECT 1", "their folder"))));
  EXPECT_EQ(query().edit->base.version, Version{5});
  EXPECT_EQ(query().content, query_text("later", "SELECT 1", "their folder"));
}

// Without this, the server would take the edit for one that had seen the other device's value.
TEST_F(Settle, AnEditOfAFieldThatOthersChangedMeanwhileKeepsItsBase) {
  put_query("q", "sent", "SELECT 2");
  settle_as(
      answered(sent_, Status::merged, row(saved_query, "q", 5, query_text("sent", "SELECT 9"))));
  EXPECT_EQ(query().edit->base.version, Version{3});
  EXPECT_EQ(query().content, query_text("sent", "SELECT 2"));
}

TEST_F(Settle, AnEditOfAFieldThatOthersChangedAndChangedBackKeepsItsBase) {
  put_query("q", "sent", "SELECT 2");
  Record theirs = row(saved_query, "q", 6, query_text("sent", "SELECT 1"));
  theirs.field_versions = {{"query", Version{5}, theirs.origin}};
  settle_as(answered(sent_, Status::merged, theirs));
  EXPECT_EQ(query().edit->base.version, Version{3});
  EXPECT_EQ(query().content, query_text("sent", "SELECT 2"));
}

TEST_F(Settle, AnEditOfAFieldThatOthersAddedAndRemovedKeepsItsBase) {
  put(saved_query, "q", query_text("sent", "SELECT 1", "mine"));
  Record theirs = row(saved_query, "q", 6, query_text("sent", "SELECT 1"));
  theirs.field_versions = {{"folder", Version{5}, theirs.origin}};
  settle_as(answered(sent_, Status::merged, theirs));
  EXPECT_EQ(query().edit->base.version, Version{3});
}

TEST_F(Settle, AnEditOfWhatWasSentKeepsItsBaseWhereOthersWroteItOnceMore) {
  put_query("q", "later", "SELECT 1");
  ChangeResult again =
      answered(sent_, Status::duplicate, row(saved_query, "q", 6, query_text("sent", "SELECT 1")));
  again.first_status = Status::applied;
  again.rev.version = Version{4};
  settle_as(again);
  EXPECT_EQ(query().edit->base.version, Version{3});
  EXPECT_EQ(query().content, query_text("later", "SELECT 1"));
}

TEST_F(Settle, ADeleteMadeMeanwhileKeepsItsBaseWhenOthersEdited) {
  ASSERT_TRUE(erase(saved_query, "q"));
  settle_as(
      answered(sent_, Status::merged, row(saved_query, "q", 5, query_text("sent", "SELECT 9"))));
  EXPECT_EQ(query().edit->base.version, Version{3});
  EXPECT_EQ(query().content, "");
}

TEST_F(Settle, ADeleteMadeMeanwhileIsOfTheAppliedVersion) {
  ASSERT_TRUE(erase(saved_query, "q"));
  settle_as(applied(sent_, 4));
  EXPECT_EQ(query().edit->base.version, Version{4});
  EXPECT_EQ(query().edit->action, Action::remove);
}

TEST_F(Settle, AnEditMadeMeanwhileMovesToTheCopy) {
  put_query("q", "sent", "SELECT 2");
  settle_as(copied(theirs_));
  EXPECT_FALSE(query().edit);
  EXPECT_EQ(query().content, theirs_.content);
  const DeviceRecord copy = record(saved_query, "c-1");
  EXPECT_EQ(copy.content, query_text("sent (copy)", "SELECT 2"));
  EXPECT_EQ(copy.edit->base, copy.shadow->rev);
  EXPECT_EQ(copy.edit->changed, texts({"query"}));
}

// The user deleted the text that is the copy now; the other device's text was never seen here.
TEST_F(Settle, ADeleteMadeMeanwhileIsOfTheCopy) {
  ASSERT_TRUE(erase(saved_query, "q"));
  settle_as(copied(theirs_));
  EXPECT_EQ(query().content, theirs_.content);
  EXPECT_FALSE(query().edit);
  EXPECT_EQ(record(saved_query, "c-1").edit->action, Action::remove);
  EXPECT_EQ(shown(saved_query, "c-1"), "");
}

// A clone has deleted the copy, and its tombstone is collected.
TEST_F(Settle, ADeleteMadeMeanwhileIsNotOfTheRecordWhereTheCopyIsGone) {
  ASSERT_TRUE(erase(saved_query, "q"));
  ChangeResult again = conflict(theirs_, Strategy::keep_both);
  again.copy_id = "c-1";
  again.first_status = std::exchange(again.status, Status::duplicate);
  settle_as(again);
  EXPECT_FALSE(query().edit);
  EXPECT_EQ(query().content, theirs_.content);
}

TEST_F(Settle, AnEditMadeMeanwhileJoinsTheOneThatTheCopyHasAlready) {
  put_query("q", "sent", "SELECT 2");
  const ChangeResult result = copied(theirs_);
  put(saved_query, "c-1", query_text("sent (copy)", "SELECT 1", "folder"));
  settle_as(result);
  EXPECT_EQ(shown(saved_query, "c-1"), query_text("sent (copy)", "SELECT 2", "folder"));
  EXPECT_EQ(record(saved_query, "c-1").edit->changed, texts({"folder", "query"}));
}

TEST_F(Settle, AnEditMadeMeanwhileBringsADeletedCopyBack) {
  put_query("q", "sent", "SELECT 2");
  const ChangeResult result = copied(theirs_);
  pulled(tombstone(saved_query, "c-1", 2));
  settle_as(result);
  EXPECT_EQ(shown(saved_query, "c-1"), query_text("sent", "SELECT 2"));
  EXPECT_EQ(record(saved_query, "c-1").edit->base.version, Version{2});
}

// A clone settled the same change before: its copy was deleted since, and is unknown by now.
TEST_F(Settle, ADeleteMadeMeanwhileIsDroppedWhereTheCopyIsForgotten) {
  ASSERT_TRUE(erase(saved_query, "q"));
  ChangeResult again = conflict(theirs_, Strategy::keep_both);
  again.copy_id = "c-1";
  settle_as(again);
  EXPECT_FALSE(query().edit);
  EXPECT_EQ(query().content, theirs_.content);
  EXPECT_FALSE(store_.find(saved_query, "c-1"));
}

TEST_F(Settle, AnEditMadeMeanwhileMakesAForgottenCopyAnew) {
  put_query("q", "sent", "SELECT 2");
  ChangeResult again = conflict(theirs_, Strategy::keep_both);
  again.copy_id = "c-1";
  settle_as(again);
  EXPECT_FALSE(query().edit);
  EXPECT_EQ(query().content, theirs_.content);
  const DeviceRecord copy = record(saved_query, "c-1");
  EXPECT_EQ(copy.content, query_text("sent", "SELECT 2"));
  EXPECT_EQ(copy.edit->base, Rev{});
}

TEST_F(Settle, AnEditMadeMeanwhileGoesIntoTheOpenConflict) {
  put_query("q", "sent", "SELECT 2");
  settle_as(conflict(theirs_, Strategy::user_choice));
  EXPECT_EQ(query().shadow->rev.version, Version{4});
  EXPECT_EQ(query().edit->base.version, Version{3});
  EXPECT_EQ(query().edit->changed, texts({"name", "query"}));
  EXPECT_EQ(query().content, query_text("sent", "SELECT 2"));
}

TEST_F(Settle, AnOpenConflictWithoutALaterEditShowsTheServersVersion) {
  settle_as(conflict(theirs_, Strategy::user_choice));
  EXPECT_EQ(query().content, theirs_.content);
}

class SettleOther : public DeviceTest {};

TEST_F(SettleOther, TheSecretStaysInTheRecordThatIsStoredAsSent) {
  put(connection, "c", R"({"name":"db","type":"mysql","password":"canary"})");
  settle_as(applied(freeze_all()[0], 1));
  EXPECT_NE(shown(connection, "c").find("canary"), std::string::npos);
  EXPECT_EQ(record(connection, "c").shadow->content.find("canary"), std::string::npos);
}

TEST_F(SettleOther, TheSecretGoesAlongToTheCopyAndStaysWithTheRecord) {
  pulled(row(connection, "c", 1, R"({"name":"db","type":"mysql","use_ssh":false})"));
  put(connection, "c", R"({"name":"mine","type":"mysql","password":"canary"})");
  const FrozenChange sent = freeze_all()[0];
  pulled(row(connection, "c-1", 1, R"({"name":"mine [copy]","type":"mysql","use_ssh":false})"));
  ChangeResult result =
      answered(sent, Status::conflict,
               row(connection, "c", 2, R"({"name":"theirs","type":"mysql","use_ssh":false})"));
  result.copy_id = "c-1";
  settle_as(result);
  EXPECT_EQ(shown(connection, "c-1"),
            R"({"name":"mine [copy]","password":"canary","type":"mysql","use_ssh":false})");
  EXPECT_EQ(shown(connection, "c"),
            R"({"name":"theirs","password":"canary","type":"mysql","use_ssh":false})");
}

TEST_F(SettleOther, ADeleteOfSomethingThatTheServerDoesNotKnowLeavesNothing) {
  pulled(row(saved_query, "q", 3, query_text("old", "SELECT 1")));
  ASSERT_TRUE(erase(saved_query, "q"));
  ChangeResult unknown = applied(freeze_all()[0], 0);
  unknown.rev = {};
  unknown.status = Status::unchanged;
  settle_as(unknown);
  EXPECT_FALSE(store_.find(saved_query, "q"));
}

// It names no field: only its being there is new.
TEST_F(SettleOther, ARecordWithoutFieldsThatIsMadeAnewBehindItsDeleteIsKept) {
  pulled(row(ai_session, "s", 1, "{}"));
  ASSERT_TRUE(erase(ai_session, "s"));
  const auto deleted = freeze_all().at(0);
  EXPECT_TRUE(put(ai_session, "s", "{}").queued);
  settle_as(applied(deleted, 2));
  EXPECT_EQ(shown(ai_session, "s"), "{}");
  EXPECT_EQ(freeze_all().at(0).content, "{}");
}

TEST_F(SettleOther, ARecordMovesToTheIdThatTheServerGaveIt) {
  put(preference, "theme", R"({"key":"theme","value":1})");
  ChangeResult result = applied(freeze_all()[0], 1);
  result.item_id = "renamed";
  EXPECT_EQ(settle_as(result).key.id, "renamed");
  EXPECT_FALSE(store_.find(preference, "theme"));
  EXPECT_EQ(shown(preference, "renamed"), R"({"key":"theme","value":1})");
}

TEST_F(SettleOther, LearnsTheStampOfTheResult) {
  put_query("q", "a", "SELECT 1");
  ChangeResult result = applied(freeze_all()[0], 1);
  result.stamp = Stamp::at(noon + Millis{4000});
  settle_as(result);
  EXPECT_EQ(store_.meta().clock, result.stamp);
}

}  // namespace
}  // namespace studiosync::testing
