// Devices whose connections break, whose server refuses, and whose databases are copied.
#include <gtest/gtest.h>

#include "tests/core/sync/sync_fixture.hpp"
#include "tests/core/sync/world.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

Error rate_limited(std::int64_t retry_after_ms) {
  return {
      .code = ErrorCode::rate_limited, .message = "slow down", .retry_after_ms = retry_after_ms};
}

class EngineFault : public ::testing::Test {
 protected:
  void put(SimDevice& device, std::string_view id, std::string_view name) {
    device.put(saved_query, id, query_text(name, "SELECT 1"));
  }
  void put_many(SimDevice& device, int count) {
    for (int i = 0; i < count; ++i) put(device, "q" + std::to_string(i), "name");
  }
  void settled() {
    ASSERT_TRUE(world_.settle());
    EXPECT_EQ(world_.difference(), "");
  }

  World world_{2};
  SimDevice& laptop_ = world_.add_device("laptop");
};

// Long enough for a time-out and for the pull that makes up for a hint that never came.
void rest(World& world) {
  EXPECT_TRUE(world.settle());
  world.run_for(Millis{100'000});
  EXPECT_TRUE(world.settle());
}

// Two devices, edits before, during and after; one frame of the run meets `fate`. Returns whether
// the frame was reached at all.
bool survives(std::uint64_t at_frame, Fate fate) {
  World world(3);
  bool fired = false;
  world.faults = [&](std::uint64_t frame) {
    if (frame != at_frame) return Fate::delivered;
    fired = true;
    return fate;
  };
  SimDevice& laptop = world.add_device("laptop");
  SimDevice& tablet = world.add_device("tablet");
  laptop.put(saved_query, "a", query_text("one", "SELECT 1"));
  laptop.start();
  tablet.start();
  rest(world);
  tablet.put(saved_query, "a", query_text("two", "SELECT 1"));
  laptop.put(saved_query, "b", query_text("three", "SELECT 1"));
  world.run_for(Millis{12});
  laptop.put(saved_query, "b", query_text("four", "SELECT 1"));
  rest(world);
  laptop.erase(saved_query, "a");
  rest(world);
  EXPECT_EQ(world.difference(), "");
  EXPECT_EQ(laptop.shown(saved_query, "a"), "");
  EXPECT_EQ(tablet.shown(saved_query, "b"), query_text("four", "SELECT 1"));
  EXPECT_EQ(tablet.store().list(saved_query, "", 10).size(), 1U);  // nothing twice
  EXPECT_TRUE(world.server().user().archive.empty());  // nothing in conflict with itself
  return fired;
}

// Fails frame 0, then 1, then 2 … until a run finishes untouched: no point of failure is left
// unvisited.
TEST(EngineCuts, NoFrameThatIsLostCostsAChangeOrDoublesOne) {
  for (std::uint64_t frame = 0;; ++frame) {
    SCOPED_TRACE(::testing::Message() << "frame " << frame);
    if (!survives(frame, Fate::lost)) break;
  }
}

TEST(EngineCuts, NoConnectionThatBreaksBehindAFrameCostsAChangeOrDoublesOne) {
  for (std::uint64_t frame = 0;; ++frame) {
    SCOPED_TRACE(::testing::Message() << "frame " << frame);
    if (!survives(frame, Fate::cut_after)) break;
  }
}

TEST(EngineCuts, NoFrameThatVanishesInAnOpenConnectionCostsAChangeOrDoublesOne) {
  for (std::uint64_t frame = 0;; ++frame) {
    SCOPED_TRACE(::testing::Message() << "frame " << frame);
    if (!survives(frame, Fate::swallowed)) break;
  }
}

TEST_F(EngineFault, ALostAnswerIsAskedForAgainAndAppliedOnce) {
  laptop_.start();
  settled();
  world_.faults = [first = world_.frames()](std::uint64_t frame) {
    return frame == first ? Fate::cut_after : Fate::delivered;
  };
  put(laptop_, "a", "A");
  settled();
  EXPECT_EQ(world_.server().user().state.head, Seq{1});
  EXPECT_EQ(world_.server().user().log.at(Seq{1}).rev.version, Version{1});
}

TEST_F(EngineFault, WaitsLongerAndTellsWhenTheServerCannotBeReached) {
  world_.reachable = false;
  put(laptop_, "a", "A");
  laptop_.start();
  world_.run_for(Millis{120'000});
  EXPECT_TRUE(laptop_.status().failing);
  EXPECT_EQ(laptop_.status().last_error->code, ErrorCode::connection_refused);
  EXPECT_EQ(laptop_.count(Notice::Kind::failing), 1U);
  EXPECT_LT(laptop_.status().attempts, 60);
  EXPECT_EQ(laptop_.store().counts().pending, 1U);
  world_.reachable = true;
  settled();
  EXPECT_FALSE(laptop_.status().failing);
  EXPECT_FALSE(laptop_.status().last_error);
}

// A welcome that is followed by a failure each time must not be asked for without a pause.
TEST_F(EngineFault, BacksOffWhenEveryRequestAfterTheWelcomeFails) {
  put(laptop_, "a", "A");
  laptop_.start();
  int frames = 0;
  world_.faults = [&](std::uint64_t) { return ++frames % 3 == 0 ? Fate::lost : Fate::delivered; };
  world_.run_for(Millis{60'000});
  EXPECT_LT(frames, 120);
  EXPECT_TRUE(laptop_.status().failing);
  world_.faults = nullptr;
  settled();
}

TEST_F(EngineFault, TimesOutWhenNoAnswerComes) {
  laptop_.start();
  settled();
  world_.faults = [first = world_.frames()](std::uint64_t frame) {
    return frame == first ? Fate::swallowed : Fate::delivered;
  };
  const WallTime before = world_.now();
  put(laptop_, "a", "A");
  settled();
  EXPECT_GE((world_.now() - before).count, 30'000);
  EXPECT_LT((world_.now() - before).count, 31'000);
}

TEST_F(EngineFault, PullsEverySoOftenShouldAHintBeLost) {
  SimDevice& tablet = world_.add_device("tablet");
  laptop_.start();
  tablet.start();
  settled();
  put(laptop_, "a", "A");
  // The push arrives; neither its answer nor what the tablet is sent does.
  world_.faults = [push = world_.frames()](std::uint64_t frame) {
    return frame == push + 1 || frame == push + 2 ? Fate::swallowed : Fate::delivered;
  };
  world_.run_for(Millis{1000});
  EXPECT_EQ(tablet.shown(saved_query, "a"), "");
  world_.run_for(Millis{91'000});
  EXPECT_EQ(tablet.shown(saved_query, "a"), query_text("A", "SELECT 1"));
  settled();
}

TEST_F(EngineFault, ALateEventOfAnOldConnectionDoesNotStopTheTimer) {
  world_.reachable = false;
  laptop_.start();
  while (laptop_.status().state != LinkState::waiting) world_.run_for(Millis{1});
  ASSERT_TRUE(laptop_.wake_at());
  const auto wake = laptop_.wake_at();
  laptop_.closed(Connection{0}, {.code = ErrorCode::network_error});
  laptop_.opened(Connection{0});
  EXPECT_EQ(laptop_.wake_at(), wake);
  EXPECT_EQ(laptop_.status().state, LinkState::waiting);
}

TEST_F(EngineFault, AnExpiredTokenIsAskedForAndTheQueueGoesOnAfterwards) {
  world_.server().accepted_token = "new";
  put(laptop_, "a", "A");
  laptop_.start();
  world_.run_for(Millis{5'000});
  EXPECT_GE(laptop_.count(Notice::Kind::token_needed), 1U);
  EXPECT_EQ(laptop_.status().counts.pending, 1U);
  laptop_.log_in("new");
  settled();
  EXPECT_EQ(world_.server().user().state.records, 1U);
}

TEST_F(EngineFault, ANewTokenIsTakenOverWithoutANewConnection) {
  laptop_.start();
  settled();
  const std::uint64_t before = world_.frames();
  world_.server().accepted_token = "new";
  laptop_.log_in("new");
  settled();
  EXPECT_EQ(world_.frames(), before + 2);  // reauth and its answer
}

TEST_F(EngineFault, HaltsBeforeItMixesTwoAccounts) {
  put(laptop_, "a", "A");
  laptop_.start();
  settled();
  laptop_.stop();
  world_.server().user_id = "bob";
  world_.server().restart({});
  put(laptop_, "b", "B");
  laptop_.start();
  ASSERT_TRUE(world_.settle());
  EXPECT_EQ(laptop_.status().state, LinkState::halted);
  EXPECT_EQ(laptop_.status().last_error->code, ErrorCode::forbidden);
  EXPECT_EQ(world_.server().user().state.records, 0U);
  EXPECT_EQ(laptop_.store().counts().pending, 1U);
}

TEST_F(EngineFault, ADrainingServerSaysWhenToComeBack) {
  laptop_.start();
  settled();
  const WallTime before = world_.now();
  world_.server().drain(Millis{7'000});
  settled();
  EXPECT_GE((world_.now() - before).count, 7'000);
  EXPECT_LT((world_.now() - before).count, 7'200);
}

TEST_F(EngineFault, ARateLimitedPushGoesOutAgainWhenTheServerSays) {
  laptop_.start();
  settled();
  world_.server().push_refusals = {rate_limited(4'000)};
  const WallTime before = world_.now();
  put(laptop_, "a", "A");
  settled();
  EXPECT_GE((world_.now() - before).count, 4'000);
  EXPECT_LT((world_.now() - before).count, 4'200);
  EXPECT_FALSE(laptop_.status().failing);
}

TEST_F(EngineFault, PushesBehindARateLimitedOneWaitWithItOnTheSameConnection) {
  put_many(laptop_, 400);
  world_.server().push_refusals = {rate_limited(4'000)};
  int connections = 0;
  world_.on_bytes = [&](std::string_view bytes) {
    if (bytes.find("\"hello\"") != std::string_view::npos) ++connections;
  };
  const WallTime before = world_.now();
  laptop_.start();
  settled();
  EXPECT_EQ(connections, 1);
  EXPECT_GE((world_.now() - before).count, 4'000);
  EXPECT_EQ(world_.server().user().state.records, 400U);
}

TEST_F(EngineFault, IsNotFailingAnyMoreOnceARefusedPushGoesThrough) {
  laptop_.start();
  settled();
  world_.server().push_refusals.assign(4, rate_limited(500));
  put(laptop_, "a", "A");
  world_.run_for(Millis{1'900});
  EXPECT_TRUE(laptop_.status().failing);
  EXPECT_EQ(laptop_.count(Notice::Kind::failing), 1U);
  settled();
  EXPECT_FALSE(laptop_.status().failing);
}

TEST_F(EngineFault, ARestartOfTheServerCostsNothing) {
  SimDevice& tablet = world_.add_device("tablet");
  laptop_.start();
  tablet.start();
  put(laptop_, "a", "A");
  settled();
  world_.server().restart(world_.server().image());
  put(laptop_, "a", "B");
  put(tablet, "b", "C");
  settled();
  EXPECT_EQ(laptop_.shown(saved_query, "b"), query_text("C", "SELECT 1"));
}

// The head is as far as the device had read, in another history.
TEST_F(EngineFault, ARestoredServerIsReadFromTheBeginning) {
  SimDevice& tablet = world_.add_device("tablet");
  laptop_.start();
  put(laptop_, "a", "A");
  settled();
  const server::MemoryImage backup = world_.server().image();
  put(laptop_, "b", "B");
  settled();
  laptop_.stop();
  world_.server().restart(backup);
  tablet.start();
  put(tablet, "c", "C");
  settled();
  laptop_.start();
  ASSERT_TRUE(world_.settle());
  EXPECT_EQ(laptop_.shown(saved_query, "c"), query_text("C", "SELECT 1"));
  EXPECT_EQ(laptop_.shown(saved_query, "b"), query_text("B", "SELECT 1"));
}

// The server has no answer kept for what it took before: only a new replica can go on.
TEST_F(EngineFault, AForkThatTheGreetingDoesNotShowIsLeftWithANewReplica) {
  laptop_.start();
  settled();
  const ReplicaId before = laptop_.store().meta().replica;
  world_.server().push_refusals = {Error{.code = ErrorCode::replica_forked}};
  put(laptop_, "a", "A");
  settled();
  EXPECT_NE(laptop_.store().meta().replica, before);
  EXPECT_EQ(world_.server().user().state.records, 1U);
}

// The database of yesterday: its sequence numbers are given out for other changes by now.
TEST_F(EngineFault, ADeviceRestoredFromABackupGoesOnUnderANewReplica) {
  laptop_.start();
  put(laptop_, "a", "A");
  settled();
  laptop_.stop();
  put(laptop_, "unsent", "then");
  const client::MemoryDeviceStore backup = laptop_.store();
  laptop_.start();
  put(laptop_, "b", "B");
  settled();
  const ReplicaId before = laptop_.store().meta().replica;
  laptop_.reboot(backup);
  put(laptop_, "c", "after the restore");
  laptop_.start();
  settled();
  EXPECT_NE(laptop_.store().meta().replica, before);
  EXPECT_EQ(laptop_.shown(saved_query, "b"), query_text("B", "SELECT 1"));
  EXPECT_EQ(laptop_.shown(saved_query, "c"), query_text("after the restore", "SELECT 1"));
  EXPECT_EQ(world_.server().user().state.records, 4U);
}

TEST_F(EngineFault, ABackupWithChangesInFlightSendsThemUnderTheirOldIds) {
  laptop_.start();
  settled();
  put(laptop_, "a", "A");
  ASSERT_EQ(laptop_.store().counts().frozen, 1U);
  const client::MemoryDeviceStore backup = laptop_.store();
  settled();
  put(laptop_, "b", "B");
  settled();
  laptop_.reboot(backup);
  put(laptop_, "a", "A, edited after the restore");
  laptop_.start();
  settled();
  EXPECT_EQ(laptop_.shown(saved_query, "a"), query_text("A, edited after the restore", "SELECT 1"));
  EXPECT_EQ(world_.server().user().state.records, 2U);
  EXPECT_TRUE(world_.server().user().archive.empty());
}

TEST_F(EngineFault, AClonePushesNothingTwiceAndBothGoOn) {
  laptop_.start();
  settled();
  put(laptop_, "a", "A");
  SimDevice& clone = world_.add_device("clone");
  clone.reboot(laptop_.store());  // with the same replica, and the change still in flight
  put(clone, "b", "clone's");
  put(laptop_, "c", "laptop's");
  clone.start();
  settled();
  put(laptop_, "d", "D");
  put(clone, "e", "E");
  settled();
  laptop_.stop();
  laptop_.start();
  put(laptop_, "f", "F");
  settled();
  EXPECT_EQ(world_.server().user().state.records, 6U);
  EXPECT_TRUE(world_.server().user().archive.empty());
}

TEST_F(EngineFault, AClockInTheFutureDoesNotWinForEver) {
  SimDevice& tablet = world_.add_device("tablet");
  laptop_.skew = Millis{365LL * 24 * 3600 * 1000};
  laptop_.start();
  tablet.start();
  laptop_.put(preference, "p", R"({"key":"p","value":"future"})");
  settled();
  laptop_.stop();
  laptop_.put(preference, "p", R"({"key":"p","value":"future again"})");
  world_.run_for(Millis{10'000});
  tablet.put(preference, "p", R"({"key":"p","value":"present"})");
  settled();
  laptop_.start();
  settled();
  EXPECT_EQ(laptop_.shown(preference, "p"), R"({"key":"p","value":"present"})");
}

TEST_F(EngineFault, ARevokedDeviceStopsAndKeepsItsQueue) {
  laptop_.start();
  settled();
  world_.server().push_refusals = {Error{.code = ErrorCode::device_revoked, .message = "revoked"}};
  put(laptop_, "a", "A");
  ASSERT_TRUE(world_.settle());
  EXPECT_EQ(laptop_.status().state, LinkState::halted);
  EXPECT_EQ(laptop_.store().counts().frozen, 1U);
}

}  // namespace
}  // namespace studiosync::testing
