// What answers make of the user's text where the server has it redacted.
#include "core/sync/go_local.hpp"
#include "core/sync/sweep.hpp"
#include "tests/core/sync/originals_fixture.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

TEST_F(OriginalsTest, StaysWhenAnEditOfAnotherFieldIsMerged) {
  synced();
  settle_as(answered(sent("mine", with_secret), Status::merged,
                     row(connection, "c", 3,
                         R"({"color":"red","metadata":{"note":1},"name":"mine","type":"mysql"})")));
  EXPECT_EQ(metadata(), with_secret);
  EXPECT_EQ(now().redacted, texts({"metadata"}));
  expect_nothing_put_aside();
}

TEST_F(OriginalsTest, IsPutAsideWhenAMergeChangesTheField) {
  settle_as(answered(sent("db", with_secret), Status::merged,
                     theirs(3, "db", R"({"note":1,"theirs":true})")));
  EXPECT_EQ(metadata(), R"({"note":1,"theirs":true})");
  expect_put_aside();
}

TEST_F(OriginalsTest, IsPutAsideWhenItsEditLosesAConflict) {
  pulled(theirs(1, "db", R"({"note":0})"));
  ChangeResult lost =
      answered(sent("db", with_secret), Status::conflict, theirs(2, "db", R"({"note":2})"));
  lost.strategy = Strategy::last_write_wins;
  settle_as(lost);
  EXPECT_EQ(metadata(), R"({"note":2})");
  expect_put_aside();
}

TEST_F(OriginalsTest, IsPutAsideWhenItsEditLosesToADelete) {
  synced();
  ChangeResult lost =
      answered(sent("mine", with_secret), Status::conflict, tombstone(connection, "c", 2));
  settle_as(lost);
  EXPECT_EQ(shown(connection, "c"), "");
  expect_put_aside();
}

TEST_F(OriginalsTest, ComesBackWhenItsUsersDeleteLoses) {
  synced();
  ASSERT_TRUE(erase(connection, "c"));
  expect_put_aside();
  settle_as(answered(freeze_all().at(0), Status::conflict, theirs(2, "renamed", R"({"note":1})")));
  EXPECT_EQ(shown(connection, "c"), connection_text("renamed", with_secret));
  EXPECT_EQ(now().redacted, texts({"metadata"}));
  expect_nothing_put_aside();
}

TEST_F(OriginalsTest, StaysAsideWhenItsUsersDeleteLosesToAnotherText) {
  synced();
  ASSERT_TRUE(erase(connection, "c"));
  settle_as(answered(freeze_all().at(0), Status::conflict, theirs(2, "db", R"({"note":2})")));
  EXPECT_EQ(metadata(), R"({"note":2})");
  settle_as(applied((erase(connection, "c"), freeze_all().at(0)), 3));
  expect_put_aside();
  EXPECT_EQ(store_.originals().at(0).record, "");
}

TEST_F(OriginalsTest, OfATextThatWasOnItsWayComesBackWhenItsUsersDeleteLoses) {
  pulled(theirs(1, "db", R"({"note":0})"));
  const FrozenChange text = sent("db", with_secret);
  ASSERT_TRUE(erase(connection, "c"));
  settle_as(applied(text, 2));
  settle_as(answered(freeze_all().at(0), Status::conflict, theirs(3, "renamed", R"({"note":1})")));
  EXPECT_EQ(metadata(), with_secret);
}

TEST_F(OriginalsTest, OfADeletedRecordIsForgottenWhenItsUserMakesItAnew) {
  synced();
  ASSERT_TRUE(erase(connection, "c"));
  put_connection("anew", R"({"note":1})");
  expect_nothing_put_aside();
}

TEST_F(OriginalsTest, OfADeletedRecordIsForgottenWhenOthersWithdrawIt) {
  synced();
  ASSERT_TRUE(erase(connection, "c"));
  pulled(tombstone(connection, "c", 2, reason_private));
  expect_nothing_put_aside();
}

TEST_F(OriginalsTest, OfADeletedRecordIsForgottenWhenTheServerTurnsOutNotToHaveIt) {
  synced();
  ASSERT_TRUE(erase(connection, "c"));
  change([&] { forget_missing(store_, now(), now_); });
  expect_nothing_put_aside();
}

TEST_F(OriginalsTest, OfADeletedRecordIsForgottenWithTheAccount) {
  synced();
  ASSERT_TRUE(erase(connection, "c"));
  change([&] { go_local(store_, replica('N'), now_); });
  expect_nothing_put_aside();
}

TEST_F(OriginalsTest, IsPutAsideWhenAMergeChangesItBelowALaterEdit) {
  const FrozenChange first = sent("db", with_secret);
  put_connection("later", with_secret);
  settle_as(answered(first, Status::merged, theirs(2, "db", R"({"note":2})")));
  EXPECT_EQ(shown(connection, "c"), connection_text("later", R"({"note":2})"));
  expect_put_aside();
}

TEST_F(OriginalsTest, WaitsForTheDecisionOfAnOpenConflictAndComesBackWithIt) {
  pulled(theirs(1, "db", R"({"note":0})"));
  ChangeResult open =
      answered(sent("db", with_secret), Status::conflict, theirs(2, "db", R"({"note":2})"));
  open.strategy = Strategy::user_choice;
  settle_as(open);
  expect_put_aside();
  pulled(theirs(3, "db", R"({"note":1})"));  // the person chose this side
  EXPECT_EQ(metadata(), with_secret);
  expect_nothing_put_aside();
}

TEST_F(OriginalsTest, StaysInAnEditThatGoesIntoAnOpenConflict) {
  pulled(theirs(1, "db", R"({"note":0})"));
  const FrozenChange first = sent("db", with_secret);
  put_connection("later", with_secret);
  ChangeResult open = answered(first, Status::conflict, theirs(2, "db", R"({"note":2})"));
  open.strategy = Strategy::user_choice;
  settle_as(open);
  EXPECT_EQ(metadata(), with_secret);
}

TEST_F(OriginalsTest, IsNotShownAfterAConflictThatALaterEditWentIntoTookItAway) {
  synced();
  const FrozenChange first = sent("mine", with_secret);
  put_connection("later", with_secret);
  const Record others = theirs(2, "theirs", R"({"note":2})");
  ChangeResult open = answered(first, Status::conflict, others);
  open.strategy = Strategy::user_choice;
  settle_as(open);
  ChangeResult again = answered(freeze_all().at(0), Status::conflict, others);
  again.strategy = Strategy::user_choice;
  settle_as(again);
  EXPECT_EQ(metadata(), R"({"note":2})");
  EXPECT_EQ(now().redacted, texts({}));
  expect_put_aside();
}

TEST_F(OriginalsTest, GoesAlongToTheCopyWithItsMark) {
  pulled(theirs(1, "db", R"({"note":0})"));
  const FrozenChange mine = sent("mine", with_secret);
  pulled(row(connection, "c-1", 1, connection_text("mine (copy)", R"({"note":1})")));
  ChangeResult result = answered(mine, Status::conflict, theirs(2, "db", R"({"note":2})"));
  result.copy_id = "c-1";
  settle_as(result);
  EXPECT_EQ(metadata("c-1"), with_secret);
  EXPECT_EQ(record(connection, "c-1").redacted, texts({"metadata"}));
  EXPECT_EQ(metadata(), R"({"note":2})");
  EXPECT_EQ(now().redacted, texts({}));
  expect_nothing_put_aside();
}

TEST_F(OriginalsTest, OfAFieldThatNobodyEditedGoesAlongToTheCopyToo) {
  synced();
  const FrozenChange mine = sent("mine", with_secret);
  pulled(row(connection, "c-1", 1, connection_text("mine (copy)", R"({"note":1})")));
  ChangeResult result = answered(mine, Status::conflict, theirs(2, "theirs", R"({"note":2})"));
  result.copy_id = "c-1";
  settle_as(result);
  EXPECT_EQ(metadata("c-1"), with_secret);
  EXPECT_EQ(metadata(), R"({"note":2})");
  expect_nothing_put_aside();
}

TEST_F(OriginalsTest, IsPutAsideWhenTheCopyIsNotHereYet) {
  pulled(theirs(1, "db", R"({"note":0})"));
  ChangeResult result =
      answered(sent("mine", with_secret), Status::conflict, theirs(2, "db", R"({"note":2})"));
  result.copy_id = "c-1";
  settle_as(result);
  expect_put_aside();
}

TEST_F(OriginalsTest, OfTheCopyIsPutAsideWhenALaterEditOfTheRecordReplacesIt) {
  pulled(theirs(1, "db", R"({"note":0})"));
  const FrozenChange mine = sent("mine", R"({"note":1})");
  pulled(row(connection, "c-1", 1, connection_text("mine (copy)", R"({"note":1})")));
  put(connection, "c-1", connection_text("mine (copy)", with_secret));
  put_connection("mine", R"({"note":9})");
  ChangeResult result = answered(mine, Status::conflict, theirs(2, "db", R"({"note":2})"));
  result.copy_id = "c-1";
  settle_as(result);
  EXPECT_EQ(metadata("c-1"), R"({"note":9})");
  expect_put_aside();
}

TEST_F(OriginalsTest, StaysWhenTheAnswerIsThatNothingChanged) {
  synced();
  const FrozenChange again = sent("renamed", with_secret);
  settle_as(answered(again, Status::unchanged, theirs(2, "renamed", R"({"note":1})")));
  EXPECT_EQ(metadata(), with_secret);
  EXPECT_EQ(now().redacted, texts({"metadata"}));
}

TEST_F(OriginalsTest, OfTheRecordThatAnAnswerReplacesIsPutAside) {
  put(preference, "other", R"({"key":"other","value":{"note":1,"password":"canary"}})");
  settle_as(applied(freeze_all().at(0), 1));
  put(preference, "theme", R"({"key":"theme","value":1})");
  ChangeResult moved = applied(freeze_all().at(0), 2);
  moved.item_id = "other";
  settle_as(moved);
  expect_put_aside();
}

TEST_F(OriginalsTest, StaysInARecordThatIsReadAgainFromTheBeginning) {
  synced();
  Record again = theirs(1, "db", R"({"note":1})");
  again.rev.epoch = Epoch{2};
  again.seq = Seq{7};
  pulled(again);
  EXPECT_EQ(metadata(), with_secret);
  EXPECT_EQ(now().redacted, texts({"metadata"}));
}

}  // namespace
}  // namespace studiosync::testing
