// Devices that were away for longer than tombstones are kept.
#include "tests/core/sync/two_devices.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

class Resync : public TwoDevices {
 protected:
  // Both have a and b; the tablet goes, and a is deleted beyond memory.
  void miss_a_delete() {
    put(laptop_, "a", "A");
    put(laptop_, "b", "B");
    both_start();
    tablet_.stop();
    EXPECT_TRUE(laptop_.erase(saved_query, "a"));
    settled();
    world_.server().collect();
  }
  // The tablet has 30 records, of which the server has `left`.
  void miss_many_deletes(int left) {
    put_many(laptop_, 30);
    both_start();
    tablet_.stop();
    for (int i = left; i < 30; ++i) {
      EXPECT_TRUE(laptop_.erase(saved_query, "q" + std::to_string(i)));
      settled();
    }
    world_.server().collect();
    // What stays is moved above the floor.
    put(laptop_, "after", "news");
    settled();
  }
};

TEST_F(Resync, WhatWasDeletedLongAgoGoesFromADeviceThatWasAway) {
  miss_a_delete();
  put(laptop_, "c", "C");
  settled();
  tablet_.start();
  settled();
  EXPECT_EQ(shown(tablet_, "a"), "");
  EXPECT_EQ(shown(tablet_, "b"), named("B"));
  EXPECT_EQ(shown(tablet_, "c"), named("C"));
  EXPECT_FALSE(tablet_.store().find(saved_query, "a"));
}

TEST_F(Resync, NoDeleteIsQueuedForWhatIsSwept) {
  miss_a_delete();
  const Seq head = world_.server().user().state.head;
  tablet_.start();
  settled();
  EXPECT_EQ(world_.server().user().state.head, head);
  EXPECT_EQ(tablet_.store().counts().rejected, 0U);
}

TEST_F(Resync, AnUnsyncedEditOfAMissingRecordMakesItAnew) {
  miss_a_delete();
  put(tablet_, "a", "A, edited on the tablet");
  tablet_.start();
  settled();
  EXPECT_EQ(shown(laptop_, "a"), named("A, edited on the tablet"));
  EXPECT_EQ(tablet_.store().counts().rejected, 0U);
}

TEST_F(Resync, AnUnsyncedDeleteOfAMissingRecordIsDropped) {
  miss_a_delete();
  EXPECT_TRUE(tablet_.erase(saved_query, "a"));
  listen();
  tablet_.start();
  settled();
  EXPECT_EQ(heard("push"), 0);
  EXPECT_FALSE(tablet_.store().find(saved_query, "a"));
}

TEST_F(Resync, LocalRowsStayWhereTheyAre) {
  const std::string_view secret = R"({"privacy_mode":"private","query":"SELECT 1"})";
  const std::string_view shared = R"({"privacy_mode":"normal","query":"SELECT 2"})";
  const std::string_view turned = R"({"privacy_mode":"private","query":"SELECT 2"})";
  laptop_.put(query_history, "turned", shared);
  miss_a_delete();
  tablet_.put(query_history, "never-sent", secret);
  tablet_.put(query_history, "turned", turned);
  EXPECT_TRUE(laptop_.erase(query_history, "turned"));
  settled();
  world_.server().collect();
  tablet_.start();
  settled();
  EXPECT_NE(tablet_.shown(query_history, "never-sent"), "");
  EXPECT_NE(tablet_.shown(query_history, "turned"), "");
  EXPECT_EQ(laptop_.shown(query_history, "turned"), "");
}

TEST_F(Resync, NothingIsPushedBeforeTheSnapshotIsComplete) {
  put_many(laptop_, 12);
  miss_a_delete();
  put(tablet_, "b", "edited meanwhile");
  world_.server().page_rows_max = 3;
  listen();
  tablet_.start();
  settled();
  EXPECT_GE(heard("snapshot"), 4);
  const auto last = std::find(heard_.rbegin(), heard_.rend(), "snapshot");
  EXPECT_LT(heard_.rend() - last, first("push") + 1);
  EXPECT_EQ(shown(laptop_, "b"), named("edited meanwhile"));
}

TEST_F(Resync, WhatOthersWriteDuringTheSnapshotIsNotSwept) {
  put_many(laptop_, 12);
  miss_a_delete();
  world_.server().page_rows_max = 3;
  tablet_.start();
  while (tablet_.status().state != LinkState::recovering) world_.run_for(Millis{1});
  put(laptop_, "q0", "moved behind the page that it was on");
  put(laptop_, "new", "made meanwhile");
  settled();
  EXPECT_EQ(shown(tablet_, "q0"), named("moved behind the page that it was on"));
  EXPECT_EQ(shown(tablet_, "new"), named("made meanwhile"));
}

TEST_F(Resync, AFirstSyncOfAnAccountWithoutItsTombstonesIsWhole) {
  put_many(laptop_, 10);
  laptop_.start();
  settled();
  EXPECT_TRUE(laptop_.erase(saved_query, "q9"));
  settled();
  world_.server().collect();
  world_.server().page_rows_max = 2;
  put(tablet_, "mine", "made before");
  tablet_.start();
  settled();
  EXPECT_EQ(visible(tablet_), 10U);
  EXPECT_EQ(shown(laptop_, "mine"), named("made before"));
}

// The tablet is live, and hears of nothing.
TEST_F(Resync, APushFromBelowTheFloorIsMadeAgainAfterASnapshot) {
  put(laptop_, "a", "A");
  put(laptop_, "b", "B");
  both_start();
  const std::uint64_t now = world_.frames();
  world_.faults = [now](std::uint64_t frame) {
    return frame < now + 3 ? Fate::delivered : Fate::swallowed;
  };
  EXPECT_TRUE(laptop_.erase(saved_query, "a"));
  world_.run_for(Millis{1'000});
  world_.faults = nullptr;
  laptop_.stop();
  tablet_.reboot(tablet_.store());
  world_.server().collect();
  put(tablet_, "b", "edited");
  tablet_.start();
  laptop_.start();
  settled();
  EXPECT_EQ(shown(tablet_, "a"), "");
  EXPECT_EQ(shown(laptop_, "b"), named("edited"));
}

TEST_F(Resync, AChangeInFlightThatTheServerHasNoHistoryOfIsNotRejected) {
  put(laptop_, "a", "A");
  both_start();
  world_.faults = [](std::uint64_t) { return Fate::swallowed; };
  put(tablet_, "a", "frozen, and never arrived");
  ASSERT_EQ(tablet_.store().counts().frozen, 1U);
  world_.run_for(Millis{100});
  tablet_.stop();
  world_.faults = nullptr;
  EXPECT_TRUE(laptop_.erase(saved_query, "a"));
  settled();
  world_.server().collect();
  tablet_.start();
  settled();
  EXPECT_EQ(shown(laptop_, "a"), named("frozen, and never arrived"));
  EXPECT_EQ(tablet_.store().counts().rejected, 0U);
}

TEST_F(Resync, ARecordMadeAnewUnderACollectedIdReachesWhoRemembersTheTombstone) {
  put(laptop_, "a", "A");
  both_start();
  put(laptop_, "a", "A2");
  settled();
  EXPECT_TRUE(laptop_.erase(saved_query, "a"));
  settled();
  world_.server().collect();
  SimDevice& phone = world_.add_device("phone");
  phone.start();
  put(phone, "a", "a new one");
  settled();
  EXPECT_EQ(shown(tablet_, "a"), named("a new one"));
}

TEST_F(Resync, AsksBeforeItRemovesMoreThanHalf) {
  miss_many_deletes(10);
  tablet_.start();
  ASSERT_TRUE(world_.settle());
  EXPECT_EQ(tablet_.status().state, LinkState::halted);
  EXPECT_EQ(tablet_.status().recovery, Recovery::asks);
  EXPECT_EQ(tablet_.status().last_error->code, ErrorCode::sweep_unconfirmed);
  EXPECT_EQ(tablet_.count(Notice::Kind::recovery), 2U);
  EXPECT_EQ(tablet_.notices().back().text, "halted");
  EXPECT_EQ(visible(tablet_), 31U);
  EXPECT_GE(tablet_.store().aside().size(), 30U);
}

TEST_F(Resync, RemovesHalfWithoutAsking) {
  miss_many_deletes(15);
  tablet_.start();
  settled();
  EXPECT_EQ(visible(tablet_), 16U);
  EXPECT_TRUE(tablet_.store().aside().empty());
}

TEST_F(Resync, SetsTheDatabaseAsideOnceHoweverOftenItAsks) {
  miss_many_deletes(10);
  tablet_.start();
  ASSERT_TRUE(world_.settle());
  const std::size_t aside = tablet_.store().aside().size();
  tablet_.stop();
  tablet_.start();
  ASSERT_TRUE(world_.settle());
  EXPECT_EQ(tablet_.status().recovery, Recovery::asks);
  EXPECT_EQ(tablet_.store().aside().size(), aside);
}

TEST_F(Resync, GoesOnOnceTheUserHasAgreed) {
  miss_many_deletes(10);
  tablet_.start();
  ASSERT_TRUE(world_.settle());
  put(tablet_, "q20", "edited while it asked");
  tablet_.confirm_sweep();
  settled();
  EXPECT_EQ(visible(tablet_), 12U);
  EXPECT_EQ(shown(laptop_, "q20"), named("edited while it asked"));
  EXPECT_EQ(tablet_.status().recovery, Recovery::none);
}

TEST_F(Resync, TheAnswerMayComeBeforeTheStart) {
  miss_many_deletes(10);
  tablet_.start();
  ASSERT_TRUE(world_.settle());
  tablet_.reboot(tablet_.store());
  tablet_.confirm_sweep();
  tablet_.start();
  settled();
  EXPECT_EQ(visible(tablet_), 11U);
}

TEST_F(Resync, TombstonesAreForgottenAfterAMonthByTheServersClock) {
  put(laptop_, "a", "A");
  both_start();
  EXPECT_TRUE(tablet_.erase(saved_query, "a"));
  settled();
  laptop_.skew = Millis{365LL * 24 * 3600 * 1000};
  for (SimDevice* device : {&laptop_, &tablet_}) device->stop();
  both_start();
  EXPECT_TRUE(laptop_.store().find(saved_query, "a"));
  for (SimDevice* device : {&laptop_, &tablet_}) device->stop();
  world_.run_for(Millis{31LL * 24 * 3600 * 1000});
  both_start();
  EXPECT_FALSE(laptop_.store().find(saved_query, "a"));
  EXPECT_FALSE(tablet_.store().find(saved_query, "a"));
}

// A snapshot of several pages meets `fate` at one frame; returns whether it was reached.
bool snapshot_survives(std::uint64_t at_frame, Fate fate) {
  World world(6);
  SimDevice& laptop = world.add_device("laptop");
  SimDevice& tablet = world.add_device("tablet");
  for (const char* id : {"a", "b", "c", "d", "e"}) {
    laptop.put(saved_query, id, query_text(id, "SELECT 1"));
  }
  laptop.start();
  tablet.start();
  EXPECT_TRUE(world.settle());
  tablet.stop();
  EXPECT_TRUE(laptop.erase(saved_query, "a"));
  EXPECT_TRUE(world.settle());
  world.server().collect();
  // Beyond the floor: a cursor that had moved there would look like one that is fit to read on.
  for (const char* id : {"f", "g"}) laptop.put(saved_query, id, query_text(id, "SELECT 1"));
  EXPECT_TRUE(world.settle());
  world.server().page_rows_max = 1;
  tablet.put(saved_query, "e", query_text("edited", "SELECT 1"));
  bool fired = false;
  world.faults = [&, first = world.frames()](std::uint64_t frame) {
    if (frame != first + at_frame) return Fate::delivered;
    fired = true;
    return fate;
  };
  tablet.start();
  EXPECT_TRUE(world.settle());
  world.run_for(Millis{100'000});
  EXPECT_TRUE(world.settle());
  EXPECT_EQ(world.difference(), "");
  EXPECT_EQ(tablet.shown(saved_query, "a"), "");
  EXPECT_EQ(laptop.shown(saved_query, "e"), query_text("edited", "SELECT 1"));
  return fired;
}

TEST(ResyncCuts, ASnapshotThatIsCutAnywhereBeginsAgain) {
  for (const Fate fate : {Fate::lost, Fate::cut_after, Fate::swallowed}) {
    for (std::uint64_t frame = 0;; ++frame) {
      SCOPED_TRACE(::testing::Message() << "frame " << frame);
      if (!snapshot_survives(frame, fate)) break;
    }
  }
}

}  // namespace
}  // namespace studiosync::testing
