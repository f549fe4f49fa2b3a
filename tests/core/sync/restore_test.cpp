// A server that is restored from a backup gets back what devices know.
#include "tests/core/sync/two_devices.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

class Restore : public TwoDevices {
 protected:
  void back_up() { backup_ = world_.server().image(); }
  void restore() { world_.server().restart(backup_); }
  // What another device wrote lies before an edit of the tablet's, which is acknowledged before the
  // tablet has read that.
  void acknowledge_beyond_the_cursor() {
    tablet_.stop();
    put(laptop_, "x", "X");
    settled();
    back_up();
    const Cursor before = tablet_.store().meta().cursor;
    put(tablet_, "b", "B");
    // After hello and welcome the tablet pulls, which vanishes, and pushes.
    world_.faults = [pull = world_.frames() + 2](std::uint64_t frame) {
      return frame == pull ? Fate::swallowed : Fate::delivered;
    };
    tablet_.start();
    world_.run_for(Millis{200});
    world_.faults = nullptr;
    ASSERT_EQ(tablet_.store().meta().last_acked, DeviceSeq{1});
    ASSERT_EQ(tablet_.store().meta().cursor, before);
  }
  const Record& row_of(std::string_view id) {
    const auto& user = world_.server().user();
    return user.log.at(user.items.at({saved_query, std::string(id)}));
  }

  server::MemoryImage backup_;
};

TEST_F(Restore, AcknowledgedEditsComeBackUnderTheirOwnRevs) {
  put(laptop_, "a", "A");
  both_start();
  tablet_.stop();
  back_up();
  put(laptop_, "a", "A2");
  put(laptop_, "b", "B");
  settled();
  const Rev a = row_of("a").rev;
  const Rev b = row_of("b").rev;
  restore();
  settled();
  EXPECT_EQ(row_of("a").rev, a);
  EXPECT_EQ(row_of("b").rev, b);
  tablet_.start();
  settled();
  EXPECT_EQ(shown(tablet_, "a"), named("A2"));
  EXPECT_EQ(shown(tablet_, "b"), named("B"));
}

TEST_F(Restore, DeletesComeBackToo) {
  put(laptop_, "a", "A");
  both_start();
  tablet_.stop();
  back_up();
  EXPECT_TRUE(laptop_.erase(saved_query, "a"));
  settled();
  restore();
  tablet_.start();
  settled();
  EXPECT_EQ(shown(tablet_, "a"), "");
  EXPECT_EQ(stored("a"), "");
}

TEST_F(Restore, AnEditOfOneFieldComesBackWithTheAgesOfAllFields) {
  laptop_.put(preference, "theme", R"({"category":"ui","key":"theme","value":"dark"})");
  both_start();
  world_.run_for(Millis{60'000});
  back_up();
  tablet_.put(preference, "theme", R"({"category":"ui","key":"theme","value":"light"})");
  settled();
  const auto& user = world_.server().user();
  const auto ages = user.log.at(user.items.at({preference, std::string("theme")})).field_versions;
  ASSERT_FALSE(ages.empty());
  laptop_.stop();
  restore();
  settled();
  const auto& restored = world_.server().user();
  EXPECT_EQ(restored.log.at(restored.items.at({preference, std::string("theme")})).field_versions,
            ages);
}

// The cursor alone says nothing: the device had read no further than the backup goes.
TEST_F(Restore, WhatWasAcknowledgedBeyondTheCursorComesBack) {
  put(laptop_, "a", "A");
  both_start();
  acknowledge_beyond_the_cursor();
  laptop_.stop();
  restore();
  settled();
  EXPECT_EQ(stored("b"), named("B"));
  EXPECT_EQ(shown(tablet_, "x"), named("X"));  // not read before, and not beyond the fork
}

TEST_F(Restore, WhatWasWrittenBeforeTheForkAndBeyondTheCursorIsReadToo) {
  put(laptop_, "a", "A");
  both_start();
  acknowledge_beyond_the_cursor();
  restore();
  settled();
  EXPECT_EQ(shown(tablet_, "x"), named("X"));
  EXPECT_EQ(tablet_.count(Notice::Kind::digest), 0U);  // nothing had to be healed
}

// The server has as many changes of the replica as were acknowledged, and the cursor is of its
// history: only what lies beyond the cursor tells.
TEST_F(Restore, IsNoticedWhereACloneHasWrittenOnInTheSameStream) {
  put(laptop_, "a", "A");
  both_start();
  SimDevice& clone = world_.add_device("clone");
  clone.reboot(tablet_.store());
  acknowledge_beyond_the_cursor();
  laptop_.stop();
  tablet_.stop();
  restore();
  put(clone, "c", "C");
  clone.start();
  settled();
  tablet_.start();
  settled();
  EXPECT_EQ(stored("b"), named("B"));
  EXPECT_EQ(stored("c"), named("C"));
}

TEST_F(Restore, IsNoticedWhenTheHeadHasGrownPastTheOldCursor) {
  put(laptop_, "a", "A");
  both_start();
  back_up();
  tablet_.stop();
  put(laptop_, "lost", "known to the laptop only");
  settled();
  laptop_.stop();
  restore();
  tablet_.start();
  for (int i = 0; i < 5; ++i) put(tablet_, "t" + std::to_string(i), "T");
  settled();
  laptop_.start();
  settled();
  EXPECT_EQ(shown(tablet_, "lost"), named("known to the laptop only"));
  EXPECT_EQ(shown(laptop_, "t4"), named("T"));
}

TEST_F(Restore, WhatTwoDevicesGiveBackIsThereOnce) {
  put(laptop_, "a", "A");
  both_start();
  back_up();
  put(laptop_, "a", "A2");
  put(tablet_, "b", "B");
  settled();
  const Rev a = row_of("a").rev;
  restore();
  settled();
  EXPECT_EQ(row_of("a").rev, a);
  EXPECT_EQ(world_.server().user().state.records, 2U);
  EXPECT_TRUE(world_.server().user().archive.empty());
}

TEST_F(Restore, WhatWasChangedSinceInBothHistoriesIsAConflict) {
  put(laptop_, "a", "A");
  both_start();
  tablet_.stop();
  back_up();
  put(laptop_, "a", "before the restore");
  settled();
  laptop_.stop();
  restore();
  put(tablet_, "a", "after the restore");
  tablet_.start();
  settled();
  laptop_.start();
  settled();
  std::string all;
  for (const DeviceRecord& record : tablet_.store().list(saved_query, "", 10)) {
    all += record.content;
  }
  EXPECT_NE(all.find("before the restore"), std::string::npos);
  EXPECT_NE(all.find("after the restore"), std::string::npos);
  EXPECT_GT(row_of("a").rev.version, Version{2});
}

TEST_F(Restore, ComesBeforeOrdinaryEditsAndUnderANewReplica) {
  put(laptop_, "a", "A");
  both_start();
  back_up();
  put(laptop_, "a", "A2");
  settled();
  laptop_.stop();
  const ReplicaId before = laptop_.store().meta().replica;
  put(laptop_, "a", "A3, not sent yet");
  tablet_.stop();
  restore();
  listen();
  laptop_.start();
  settled();
  EXPECT_LT(first("reconcile"), first("push"));
  EXPECT_NE(laptop_.store().meta().replica, before);
  EXPECT_EQ(stored("a"), named("A3, not sent yet"));
  EXPECT_EQ(world_.server().user().state.records, 1U);
  EXPECT_TRUE(world_.server().user().archive.empty());
}

TEST_F(Restore, AChangeInFlightGoesOutUnderItsOldIdAndMeetsNoConflict) {
  put(laptop_, "a", "A");
  both_start();
  back_up();
  put(laptop_, "a", "A2");
  world_.run_for(Millis{6});
  restore();
  settled();
  EXPECT_EQ(stored("a"), named("A2"));
  EXPECT_TRUE(world_.server().user().archive.empty());
}

TEST_F(Restore, WhatTurnedPrivateMeanwhileIsNotGivenBack) {
  both_start();
  back_up();
  laptop_.put(query_history, "h", R"({"privacy_mode":"normal","query":"SELECT secret_plan"})");
  settled();
  laptop_.stop();
  tablet_.stop();
  laptop_.put(query_history, "h", R"({"privacy_mode":"private","query":"SELECT secret_plan"})");
  restore();
  std::string sent;
  world_.on_bytes = [&](std::string_view bytes) { sent += bytes; };
  laptop_.start();
  settled();
  EXPECT_EQ(sent.find("secret_plan"), std::string::npos);
  EXPECT_NE(laptop_.shown(query_history, "h"), "");
}

TEST_F(Restore, WhatWasWithdrawnStaysWithdrawn) {
  laptop_.put(query_history, "h", R"({"privacy_mode":"normal","query":"SELECT 1"})");
  both_start();
  back_up();
  tablet_.stop();  // it has not heard of the withdrawal when it comes back
  laptop_.put(query_history, "h", R"({"privacy_mode":"private","query":"SELECT 1"})");
  settled();
  restore();
  settled();
  tablet_.start();
  settled();
  EXPECT_EQ(tablet_.shown(query_history, "h"), "");
  EXPECT_NE(laptop_.shown(query_history, "h"), "");
}

TEST_F(Restore, HappensTwice) {
  put(laptop_, "a", "A");
  both_start();
  back_up();
  put(laptop_, "a", "A2");
  settled();
  restore();
  settled();
  const server::MemoryImage second = world_.server().image();
  put(tablet_, "b", "B");
  settled();
  restore();
  settled();
  EXPECT_EQ(stored("a"), named("A2"));
  EXPECT_EQ(stored("b"), named("B"));
  world_.server().restart(second);
  settled();
  EXPECT_EQ(stored("b"), named("B"));
}

TEST_F(Restore, OfAnEmptyServerBringsEverythingBack) {
  put_many(laptop_, 30);
  both_start();
  laptop_.stop();
  tablet_.stop();
  world_.server().restart({});
  laptop_.start();
  settled();
  EXPECT_EQ(world_.server().user().state.records, 30U);
  tablet_.start();
  settled();
  EXPECT_TRUE(world_.server().user().archive.empty());
}

TEST_F(Restore, TakesAsManyFramesAsItNeeds) {
  EngineOptions small;
  small.batch_largest = 3;
  SimDevice& phone = world_.add_device("phone", small);
  phone.start();
  settled();
  back_up();
  put_many(phone, 10);
  settled();
  restore();
  listen();
  settled();
  EXPECT_EQ(heard("reconcile"), 4);
  EXPECT_EQ(world_.server().user().state.records, 10U);
}

// The frames of the welcome, the reconciliation and the connection after it meet `fate` in turn.
bool reconciliation_survives(std::uint64_t at_frame, Fate fate) {
  World world(7);
  EngineOptions small;
  small.batch_largest = 1;
  SimDevice& laptop = world.add_device("laptop", small);
  SimDevice& tablet = world.add_device("tablet");
  laptop.put(saved_query, "a", query_text("A", "SELECT 1"));
  laptop.start();
  tablet.start();
  EXPECT_TRUE(world.settle());
  tablet.stop();
  const server::MemoryImage backup = world.server().image();
  laptop.put(saved_query, "a", query_text("A2", "SELECT 1"));
  laptop.put(saved_query, "b", query_text("B", "SELECT 1"));
  EXPECT_TRUE(world.settle());
  laptop.stop();
  world.server().restart(backup);
  tablet.start();
  EXPECT_TRUE(world.settle());
  tablet.put(saved_query, "c", query_text("C", "SELECT 1"));
  EXPECT_TRUE(world.settle());
  laptop.put(saved_query, "b", query_text("B2", "SELECT 1"));
  bool fired = false;
  world.faults = [&, first = world.frames()](std::uint64_t frame) {
    if (frame != first + at_frame) return Fate::delivered;
    fired = true;
    return fate;
  };
  laptop.start();
  EXPECT_TRUE(world.settle());
  world.run_for(Millis{100'000});
  EXPECT_TRUE(world.settle());
  EXPECT_EQ(world.difference(), "");
  EXPECT_EQ(tablet.shown(saved_query, "a"), query_text("A2", "SELECT 1"));
  EXPECT_EQ(tablet.shown(saved_query, "b"), query_text("B2", "SELECT 1"));
  EXPECT_EQ(world.server().user().state.records, 3U);
  EXPECT_TRUE(world.server().user().archive.empty());
  return fired;
}

TEST(RestoreCuts, AReconciliationThatIsCutAnywhereBeginsAgain) {
  for (const Fate fate : {Fate::lost, Fate::cut_after, Fate::swallowed}) {
    for (std::uint64_t frame = 0;; ++frame) {
      SCOPED_TRACE(::testing::Message() << "frame " << frame);
      if (!reconciliation_survives(frame, fate)) break;
    }
  }
}

// The fork is below the floor: the place that the tablet goes on from must not be refused again.
TEST_F(Restore, DeletesBeyondTheForkThatWereCollectedAreHeardOf) {
  put(laptop_, "a", "A");
  put(laptop_, "b", "B");
  both_start();
  back_up();
  put(laptop_, "b", "B2");
  settled();
  tablet_.stop();
  restore();
  settled();
  EXPECT_TRUE(laptop_.erase(saved_query, "a"));
  settled();
  world_.server().collect();
  tablet_.start();
  settled();
  EXPECT_EQ(shown(tablet_, "a"), "");
  EXPECT_EQ(shown(tablet_, "b"), named("B2"));
  put(tablet_, "b", "B3");
  settled();
  EXPECT_EQ(shown(laptop_, "b"), named("B3"));
  EXPECT_EQ(stored("a"), "");
}

}  // namespace
}  // namespace studiosync::testing
