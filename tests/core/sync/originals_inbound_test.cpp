// What rows make of the user's text where the server has it redacted.
#include "tests/core/sync/originals_fixture.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

TEST_F(OriginalsTest, StaysWhileTheOtherSideLeavesTheFieldAlone) {
  synced();
  pulled(theirs(2, "renamed", R"({"note":1})"));
  EXPECT_EQ(shown(connection, "c"), connection_text("renamed", with_secret));
  EXPECT_EQ(now().redacted, texts({"metadata"}));
  expect_nothing_put_aside();
}

TEST_F(OriginalsTest, IsPutAsideWhenTheOtherSideChangesTheField) {
  synced();
  pulled(theirs(2, "db", R"({"note":2})"));
  EXPECT_EQ(metadata(), R"({"note":2})");
  EXPECT_EQ(now().redacted, texts({}));
  ASSERT_EQ(store_.originals().size(), 1U);
  const Original expected{.number = 1,
                          .type = connection,
                          .id = "c",
                          .field = "metadata",
                          .value = with_secret,
                          .record = {},
                          .replaced_by = {Epoch{1}, Version{2}},
                          .at = now_};
  EXPECT_EQ(store_.originals()[0], expected);
}

TEST_F(OriginalsTest, IsKeptFromWhenItWasReplacedOnWhereTheClockIsBehind) {
  synced();
  Record later = theirs(2, "db", R"({"note":2})");
  const WallTime then = now_ + Millis{100LL * 24 * 3600 * 1000};
  later.committed = to_commit_time(then);
  pulled(later);
  EXPECT_EQ(store_.originals().at(0).at, then);
  change([&] { expire_originals(store_, then); });
  expect_put_aside();
  change([&] { expire_originals(store_, then + originals_kept + Millis{1}); });
  expect_nothing_put_aside();
}

TEST_F(OriginalsTest, TheWholeRecordIsPutAsideWhenTheOtherSideDeletesIt) {
  synced();
  pulled(tombstone(connection, "c", 2));
  EXPECT_EQ(shown(connection, "c"), "");
  expect_put_aside();
  EXPECT_EQ(store_.originals().at(0).record, connection_text("db", with_secret));
  EXPECT_EQ(store_.redacted_records(), 0U);
}

TEST_F(OriginalsTest, ADeletedRecordWithoutOneLeavesNothing) {
  pulled(theirs(1, "db", R"({"note":1})"));
  pulled(tombstone(connection, "c", 2));
  expect_nothing_put_aside();
}

// A private record must not live on elsewhere; what this device's user wrote is his.
TEST_F(OriginalsTest, OfARecordThatTurnsPrivateOnlyTheFieldIsPutAside) {
  put(query_history, "h", R"({"query":"SELECT 1","metadata":{"note":1,"password":"canary"}})");
  settle_as(applied(freeze_all().at(0), 1));
  pulled(tombstone(query_history, "h", 2, "private"));
  EXPECT_EQ(shown(query_history, "h"), "");
  expect_put_aside();
  EXPECT_EQ(store_.originals().at(0).record, "");
}

TEST_F(OriginalsTest, OfAnUnsyncedEditThatAWithdrawalTakesAlongTheFieldIsPutAside) {
  synced();
  put_connection("edited", with_secret);
  pulled(tombstone(connection, "c", 2, "expired"));
  expect_put_aside();
}

TEST_F(OriginalsTest, OfARefusedEditIsPutAsideWhenTheOtherSideChangesTheField) {
  pulled(theirs(1, "db", R"({"note":0})"));
  ChangeResult refused = applied(sent("db", with_secret), 0);
  refused.status = Status::rejected;
  settle_as(refused);
  pulled(theirs(2, "db", R"({"note":2})"));
  expect_put_aside();
}

TEST_F(OriginalsTest, StaysWhenTheServersNewTextIsItsRedaction) {
  pulled(theirs(1, "db", with_secret));  // stored under weaker rules
  pulled(theirs(2, "db", R"({"note":1})"));
  EXPECT_EQ(metadata(), with_secret);
  EXPECT_EQ(now().redacted, texts({"metadata"}));
  expect_nothing_put_aside();
}

TEST_F(OriginalsTest, IsPutAsideOnceWhenTheOtherSideChangesTheFieldBelowAnUnsyncedEdit) {
  synced();
  put_connection("mine", with_secret);
  pulled(theirs(2, "db", R"({"note":2})"));
  EXPECT_EQ(metadata(), with_secret);
  settle_as(answered(freeze_all().at(0), Status::merged, theirs(3, "mine", R"({"note":2})")));
  EXPECT_EQ(metadata(), R"({"note":2})");
  expect_put_aside();
}

TEST_F(OriginalsTest, IsNotPutAsideForADeleteThatAnUnsyncedEditSurvives) {
  synced();
  put_connection("mine", with_secret);
  pulled(tombstone(connection, "c", 2));
  EXPECT_EQ(metadata(), with_secret);
  settle_as(answered(freeze_all().at(0), Status::conflict, theirs(3, "mine", R"({"note":1})")));
  EXPECT_EQ(metadata(), with_secret);
  EXPECT_EQ(now().redacted, texts({"metadata"}));
  expect_nothing_put_aside();
}

TEST_F(OriginalsTest, ComesBackWhenTheServersTextIsItsRedactionAgain) {
  synced();
  pulled(theirs(2, "db", R"({"note":2})"));
  pulled(theirs(3, "db", R"({"note":1})"));
  EXPECT_EQ(metadata(), with_secret);
  EXPECT_EQ(now().redacted, texts({"metadata"}));
  expect_nothing_put_aside();
  EXPECT_EQ(store_.counts().pending, 0U);
}

TEST_F(OriginalsTest, TheNewestComesBack) {
  const std::string newer = R"({"note":1,"password":"newer"})";
  synced();
  pulled(theirs(2, "db", R"({"note":2})"));
  settle_as(applied(sent("db", newer), 3));
  pulled(theirs(4, "db", R"({"note":4})"));
  pulled(theirs(5, "db", R"({"note":1})"));
  EXPECT_EQ(metadata(), newer);
  expect_put_aside();
}

TEST_F(OriginalsTest, ComesBackWithARecordThatIsRevived) {
  synced();
  pulled(tombstone(connection, "c", 2));
  pulled(theirs(3, "db", R"({"note":1})"));
  EXPECT_EQ(metadata(), with_secret);
  expect_nothing_put_aside();
}

TEST_F(OriginalsTest, IsNotPutIntoATextThatTheUserWroteHimself) {
  synced();
  pulled(theirs(2, "db", R"({"note":2})"));
  settle_as(applied(sent("db", R"({"note":1})"), 3));
  pulled(theirs(4, "renamed", R"({"note":1})"));
  EXPECT_EQ(shown(connection, "c"), connection_text("renamed", R"({"note":1})"));
  expect_put_aside();
}

}  // namespace
}  // namespace studiosync::testing
