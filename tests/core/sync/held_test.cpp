// Deletes that are too many at once wait for the user, on the device and at the server.
#include "tests/core/sync/two_devices.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

class Held : public TwoDevices {
 protected:
  void erase_offline(int records, int deletes) {
    put_many(laptop_, records);
    both_start();
    laptop_.stop();
    erase_many(laptop_, deletes);
  }
  void go_on() {
    laptop_.start();
    ASSERT_TRUE(world_.settle());
  }
};

TEST_F(Held, AnEmptiedTableEmptiesNobodyElse) {
  erase_offline(30, 30);
  listen();
  go_on();
  EXPECT_EQ(heard("push"), 0);
  EXPECT_EQ(visible(tablet_), 30U);
  EXPECT_TRUE(laptop_.status().synced);
  ASSERT_EQ(laptop_.store().rejected().size(), 30U);
  EXPECT_EQ(laptop_.store().rejected()[0].error.code, ErrorCode::mass_delete_held);
  EXPECT_EQ(laptop_.count(Notice::Kind::rejected), 30U);
}

TEST_F(Held, TheWholeOutboxIsLookedAtBeforeTheFirstBatch) {
  erase_offline(300, 151);
  go_on();
  EXPECT_EQ(visible(tablet_), 300U);
  EXPECT_EQ(laptop_.store().counts().rejected, 151U);
}

TEST_F(Held, HalfOfTheRecordsMayGo) {
  erase_offline(60, 30);
  go_on();
  settled();
  EXPECT_EQ(visible(tablet_), 30U);
  EXPECT_EQ(laptop_.store().counts().rejected, 0U);
}

TEST_F(Held, TwentyMayGoWhateverTheirShareIs) {
  erase_offline(20, 20);
  go_on();
  settled();
  EXPECT_EQ(visible(tablet_), 0U);
}

TEST_F(Held, OtherEditsAndOtherTypesGoOn) {
  laptop_.put(connection, "c", R"({"name":"n","type":"mysql"})");
  erase_offline(30, 25);
  EXPECT_TRUE(laptop_.erase(connection, "c"));
  put(laptop_, "q29", "edited");
  put(laptop_, "new", "N");
  go_on();
  EXPECT_EQ(tablet_.shown(connection, "c"), "");
  EXPECT_EQ(shown(tablet_, "q29"), named("edited"));
  EXPECT_EQ(shown(tablet_, "new"), named("N"));
  EXPECT_EQ(visible(tablet_), 31U);
}

TEST_F(Held, ConfirmedTheyGo) {
  erase_offline(30, 30);
  go_on();
  laptop_.retry_rejected();
  settled();
  EXPECT_EQ(visible(tablet_), 0U);
  EXPECT_EQ(laptop_.store().counts().rejected, 0U);
}

TEST_F(Held, AConfirmationDoesNotReachWhatItsUserHasNotSeen) {
  erase_offline(30, 30);
  put(tablet_, "q7", "theirs");
  ASSERT_TRUE(world_.settle());
  go_on();
  laptop_.retry_rejected();
  settled();
  EXPECT_EQ(visible(tablet_), 1U);
  EXPECT_EQ(shown(tablet_, "q7"), named("theirs"));
  EXPECT_EQ(shown(laptop_, "q7"), named("theirs"));
}

TEST_F(Held, AConfirmationIsBasedOnWhatWasDeleted) {
  erase_offline(30, 30);
  go_on();
  put(tablet_, "q7", "theirs");
  ASSERT_TRUE(world_.settle());
  laptop_.stop();
  laptop_.retry_rejected();
  EXPECT_EQ(laptop_.store().find(saved_query, "q7")->edit->base.version, Version{1});
}

TEST_F(Held, GivenUpTheRecordsAreSeenAgain) {
  erase_offline(30, 30);
  go_on();
  laptop_.discard_rejected();
  settled();
  EXPECT_EQ(visible(laptop_), 30U);
  EXPECT_EQ(laptop_.store().counts().rejected, 0U);
}

TEST_F(Held, ARecordThatIsMadeAnewIsNotDeletedByALaterConfirmation) {
  erase_offline(30, 30);
  go_on();
  put(laptop_, "q7", "on second thoughts");
  ASSERT_TRUE(world_.settle());
  laptop_.retry_rejected();
  settled();
  EXPECT_EQ(visible(tablet_), 1U);
  EXPECT_EQ(shown(tablet_, "q7"), named("on second thoughts"));
}

TEST_F(Held, ARecordThatIsMadeAnewHasNoneOfTheOldOnesFields) {
  laptop_.put(saved_query, "a", query_text("name", "SELECT 1", "folder"));
  erase_offline(30, 29);
  EXPECT_TRUE(laptop_.erase(saved_query, "a"));
  go_on();
  put(laptop_, "a", "on second thoughts");
  ASSERT_TRUE(world_.settle());
  EXPECT_EQ(shown(laptop_, "a"), named("on second thoughts"));
  EXPECT_EQ(shown(tablet_, "a"), named("on second thoughts"));
}

TEST_F(Held, ARecordThatIsEditedIsNotDeletedByALaterConfirmation) {
  erase_offline(30, 30);
  go_on();
  put(tablet_, "q7", "theirs");
  ASSERT_TRUE(world_.settle());
  put(laptop_, "q7", "mine");
  ASSERT_TRUE(world_.settle());
  laptop_.retry_rejected();
  settled();
  EXPECT_EQ(shown(tablet_, "q7"), named("mine"));
}

TEST_F(Held, ADeleteOfWhatOthersBroughtBackTakesThePlaceOfTheHeldOne) {
  erase_offline(30, 30);
  go_on();
  for (int i = 0; i < 30; ++i) put(tablet_, "q" + std::to_string(i), "theirs");
  ASSERT_TRUE(world_.settle());
  laptop_.stop();
  erase_many(laptop_, 30);
  go_on();
  EXPECT_EQ(laptop_.store().counts().rejected, 30U);
  laptop_.retry_rejected();
  settled();
  EXPECT_EQ(visible(tablet_), 0U);
}

// One after another while live: only the server sees them together.
TEST_F(Held, WhatTheServerHoldsWaitsForTheUserToo) {
  put_many(laptop_, 30);
  both_start();
  for (int i = 0; i < 25; ++i) {
    EXPECT_TRUE(laptop_.erase(saved_query, "q" + std::to_string(i)));
    ASSERT_TRUE(world_.settle());
  }
  const std::size_t held = laptop_.store().counts().rejected;
  EXPECT_GT(held, 0U);
  EXPECT_EQ(visible(tablet_), 5U + held);
  EXPECT_EQ(laptop_.store().rejected()[0].error.code, ErrorCode::mass_delete_held);
  EXPECT_EQ(laptop_.status().counts.frozen, 0U);
  laptop_.retry_rejected();
  settled();
  EXPECT_EQ(visible(tablet_), 5U);
}

TEST_F(Held, TurningRecordsPrivateIsNotCounted) {
  const std::string_view shared = R"({"privacy_mode":"normal","query":"SELECT 1"})";
  const std::string_view secret = R"({"privacy_mode":"private","query":"SELECT 1"})";
  for (int i = 0; i < 30; ++i) laptop_.put(query_history, "h" + std::to_string(i), shared);
  both_start();
  laptop_.stop();
  for (int i = 0; i < 30; ++i) laptop_.put(query_history, "h" + std::to_string(i), secret);
  go_on();
  EXPECT_EQ(laptop_.store().counts().rejected, 0U);
  EXPECT_TRUE(tablet_.store().list(query_history, "", 100).empty());
}

class HeldHere : public DeviceTest {};

// A resync shows nothing of what is below unsynced deletes, also where they are held then.
TEST_F(HeldHere, ARecordThatIsMadeAnewIsNotBasedOnWhatItsUserHasNotSeen) {
  for (int i = 0; i < 30; ++i) {
    const std::string id = "q" + std::to_string(i);
    pulled(row(saved_query, id, 1, query_text("name", "SELECT 1")));
    EXPECT_TRUE(erase(saved_query, id));
  }
  pulled(row(saved_query, "q7", 2, query_text("theirs", "SELECT 1")));
  EXPECT_TRUE(freeze_all().empty());
  put_query("q7", "anew", "SELECT 1");
  EXPECT_EQ(record(saved_query, "q7").edit->base.version, Version{1});
  EXPECT_EQ(store_.rejected().size(), 29U);
}

}  // namespace
}  // namespace studiosync::testing
