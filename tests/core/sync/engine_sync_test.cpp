// Devices that sync through a server over connections that hold.
#include <gtest/gtest.h>

#include "core/sync/originals.hpp"
#include "tests/core/sync/sync_fixture.hpp"
#include "tests/core/sync/world.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

class EngineSync : public ::testing::Test {
 protected:
  void put(SimDevice& device, std::string_view id, std::string_view name) {
    device.put(saved_query, id, query_text(name, "SELECT 1"));
  }
  void settled() {
    ASSERT_TRUE(world_.settle());
    EXPECT_EQ(world_.difference(), "");
  }

  World world_{1};
  SimDevice& laptop_ = world_.add_device("laptop");
  SimDevice& tablet_ = world_.add_device("tablet");
};

TEST_F(EngineSync, AFirstSyncUploadsWhatWasThereBefore) {
  for (int i = 0; i < 120; ++i) put(laptop_, "q" + std::to_string(i), "name");
  laptop_.start();
  settled();
  EXPECT_EQ(world_.server().user().state.records, 120U);
  EXPECT_EQ(laptop_.store().meta().user_id, "alice");
  EXPECT_NE(laptop_.store().meta().last_sync, WallTime{});
}

TEST_F(EngineSync, NoFrameHoldsACredential) {
  const std::string secret(key_of_a_provider);
  std::string frames;
  world_.on_bytes = [&](std::string_view bytes) { frames += bytes; };
  DeviceMeta meta = laptop_.store().meta();
  meta.device_name = "laptop " + secret;
  ASSERT_TRUE(laptop_.store().begin());
  laptop_.store().set_meta(meta);
  ASSERT_TRUE(laptop_.store().commit());
  put(laptop_, "q", "name " + secret);
  laptop_.start();
  settled();
  EXPECT_EQ(frames.find(secret), std::string::npos);
  EXPECT_NE(frames.find("laptop [REDACTED]"), std::string::npos);
  EXPECT_NE(frames.find("name [REDACTED]"), std::string::npos);
}

TEST_F(EngineSync, AFirstSyncDownloadsPageByPage) {
  world_.server().page_rows_max = 7;
  for (int i = 0; i < 50; ++i) put(laptop_, "q" + std::to_string(i), "name");
  laptop_.start();
  settled();
  tablet_.start();
  settled();
  EXPECT_EQ(tablet_.store().list(saved_query, "", 100).size(), 50U);
}

TEST_F(EngineSync, AnEditReachesTheOtherDeviceWhileBothAreLive) {
  laptop_.start();
  tablet_.start();
  settled();
  const WallTime before = world_.now();
  put(laptop_, "a", "from the laptop");
  settled();
  EXPECT_EQ(tablet_.shown(saved_query, "a"), query_text("from the laptop", "SELECT 1"));
  put(tablet_, "a", "from the tablet");
  settled();
  EXPECT_EQ(laptop_.shown(saved_query, "a"), query_text("from the tablet", "SELECT 1"));
  EXPECT_LT((world_.now() - before).count, 1000);
}

TEST_F(EngineSync, AHintIsEnough) {
  world_.server().hints_only = true;
  laptop_.start();
  tablet_.start();
  settled();
  put(laptop_, "a", "A");
  put(laptop_, "b", "B");
  settled();
  EXPECT_NE(tablet_.shown(saved_query, "b"), "");
}

TEST_F(EngineSync, ADeleteReachesTheOtherDevice) {
  laptop_.start();
  tablet_.start();
  put(laptop_, "a", "A");
  settled();
  EXPECT_TRUE(tablet_.erase(saved_query, "a"));
  settled();
  EXPECT_EQ(laptop_.shown(saved_query, "a"), "");
}

TEST_F(EngineSync, EditsMadeOfflineMeetOnReconnect) {
  put(laptop_, "a", "A");
  laptop_.start();
  tablet_.start();
  settled();
  laptop_.stop();
  tablet_.stop();
  laptop_.put(saved_query, "a", query_text("A", "SELECT 1", "laptop's folder"));
  put(tablet_, "a", "tablet's name");
  laptop_.start();
  tablet_.start();
  settled();
  EXPECT_EQ(laptop_.shown(saved_query, "a"),
            query_text("tablet's name", "SELECT 1", "laptop's folder"));
  EXPECT_TRUE(world_.server().user().archive.empty());
}

TEST_F(EngineSync, EditsOfOneFieldMadeOfflineLeaveBothTexts) {
  put(laptop_, "a", "A");
  laptop_.start();
  tablet_.start();
  settled();
  laptop_.stop();
  tablet_.stop();
  put(laptop_, "a", "laptop's");
  put(tablet_, "a", "tablet's");
  laptop_.start();
  settled();
  tablet_.start();
  settled();
  EXPECT_EQ(laptop_.shown(saved_query, "a"), query_text("laptop's", "SELECT 1"));
  std::string names;
  for (const DeviceRecord& record : laptop_.store().list(saved_query, "", 10))
    names += record.content;
  EXPECT_NE(names.find("tablet's (conflicted copy - tablet)"), std::string::npos);
  EXPECT_EQ(tablet_.count(Notice::Kind::conflict), 1U);
}

TEST_F(EngineSync, EditsMadeWhileTheAnswerIsOnItsWayAreAllSent) {
  laptop_.start();
  tablet_.start();
  settled();
  for (int i = 0; i < 20; ++i) {
    put(laptop_, "a", "name " + std::to_string(i));
    world_.run_for(Millis{3});
  }
  settled();
  EXPECT_EQ(tablet_.shown(saved_query, "a"), query_text("name 19", "SELECT 1"));
  EXPECT_EQ(tablet_.store().list(saved_query, "", 10).size(), 1U);
}

// The tablet's second edit was made before it saw the laptop's: neither text may vanish.
TEST_F(EngineSync, AnEditMadeWhileAMergeIsOnItsWayDoesNotOverwriteWhatItNeverSaw) {
  put(laptop_, "a", "A");
  laptop_.start();
  tablet_.start();
  settled();
  tablet_.stop();
  laptop_.put(saved_query, "a", query_text("A", "SELECT 'laptop'"));
  settled();
  put(tablet_, "a", "tablet's name");
  tablet_.start();
  while (tablet_.store().counts().frozen == 0) world_.run_for(Millis{1});
  tablet_.put(saved_query, "a", query_text("tablet's name", "SELECT 'tablet'"));
  settled();
  std::string all;
  for (const DeviceRecord& record : laptop_.store().list(saved_query, "", 10))
    all += record.content;
  EXPECT_NE(all.find("SELECT 'laptop'"), std::string::npos) << all;
  EXPECT_NE(all.find("SELECT 'tablet'"), std::string::npos) << all;
}

TEST_F(EngineSync, NoSecretIsOnTheWireAndNoneIsLostHere) {
  bool leaked = false;
  world_.on_bytes = [&](std::string_view bytes) {
    leaked = leaked || bytes.find("canary") != std::string_view::npos;
  };
  laptop_.put(connection, "c", R"({"name":"db","type":"mysql","password":"canary"})");
  laptop_.put(query_history, "h", R"({"query":"canary","privacy_mode":"private"})");
  laptop_.start();
  tablet_.start();
  settled();
  tablet_.put(connection, "c", R"({"name":"renamed","type":"mysql"})");
  settled();
  EXPECT_FALSE(leaked);
  EXPECT_EQ(laptop_.shown(connection, "c"),
            R"({"name":"renamed","password":"canary","type":"mysql","use_ssh":false})");
  EXPECT_NE(laptop_.shown(query_history, "h"), "");
  EXPECT_EQ(tablet_.shown(query_history, "h"), "");
}

TEST_F(EngineSync, TurningARunPrivateTakesItFromTheOthersOnly) {
  laptop_.put(query_history, "h", R"({"query":"SELECT 1"})");
  laptop_.start();
  tablet_.start();
  settled();
  EXPECT_NE(tablet_.shown(query_history, "h"), "");
  laptop_.put(query_history, "h", R"({"query":"SELECT 1","privacy_mode":"private"})");
  settled();
  EXPECT_EQ(tablet_.shown(query_history, "h"), "");
  EXPECT_NE(laptop_.shown(query_history, "h"), "");
}

TEST_F(EngineSync, ARejectedChangeIsToldAndBlocksNothing) {
  laptop_.start();
  settled();
  // A database that an older version wrote: what it queued is not valid any more.
  ASSERT_TRUE(laptop_.store().begin());
  DeviceRecord old;
  old.type = connection;
  old.id = "c";
  old.content = R"({"name":"db","type":"paper"})";
  old.edit = PendingEdit{.stamp = Stamp::at(world_.now()), .queued = world_.now()};
  laptop_.store().put(old);
  ASSERT_TRUE(laptop_.store().commit());
  put(laptop_, "a", "A");
  ASSERT_TRUE(world_.settle());
  EXPECT_EQ(laptop_.count(Notice::Kind::rejected), 1U);
  EXPECT_EQ(laptop_.store().rejected().size(), 1U);
  EXPECT_EQ(laptop_.shown(connection, "c"), old.content);
  EXPECT_EQ(world_.server().user().state.records, 1U);
}

TEST_F(EngineSync, DigestsAreEqualWhenEverythingIsSynced) {
  laptop_.start();
  tablet_.start();
  put(laptop_, "a", "A");
  settled();
  tablet_.ask_digest();
  ASSERT_TRUE(world_.settle());
  ASSERT_EQ(tablet_.count(Notice::Kind::digest), 1U);
  EXPECT_TRUE(tablet_.notices().back().equal);
}

TEST_F(EngineSync, DigestsDifferWhenADeviceHasLostARow) {
  laptop_.start();
  put(laptop_, "a", "A");
  settled();
  ASSERT_TRUE(laptop_.store().begin());
  laptop_.store().put({.type = saved_query, .id = "a"});
  ASSERT_TRUE(laptop_.store().commit());
  laptop_.ask_digest();
  ASSERT_TRUE(world_.settle());
  EXPECT_FALSE(laptop_.notices().back().equal);
}

TEST_F(EngineSync, IsSyncedOnlyWhenEverythingIsSettledAndApplied) {
  laptop_.start();
  EXPECT_FALSE(laptop_.status().synced);
  settled();
  EXPECT_TRUE(laptop_.status().synced);
  put(laptop_, "a", "A");
  EXPECT_FALSE(laptop_.status().synced);
  EXPECT_EQ(laptop_.status().counts.frozen, 1U);
  settled();
  EXPECT_TRUE(laptop_.status().synced);
  laptop_.stop();
  EXPECT_FALSE(laptop_.status().synced);
}

TEST_F(EngineSync, ALargeBacklogGoesOutInGrowingBatchesWithinTheBound) {
  std::vector<std::size_t> batches;
  world_.on_bytes = [&](std::string_view bytes) {
    std::size_t changes = 0;
    for (auto at = bytes.find("\"change_id\""); at != std::string_view::npos;
         at = bytes.find("\"change_id\"", at + 1)) {
      ++changes;
    }
    if (bytes.find("\"push\"") != std::string_view::npos) batches.push_back(changes);
    EXPECT_LE(laptop_.store().counts().frozen, 1000U);
  };
  for (int i = 0; i < 1500; ++i) put(laptop_, "q" + std::to_string(i), "n");
  laptop_.start();
  settled();
  ASSERT_GE(batches.size(), 4U);
  EXPECT_EQ(batches[0], 50U);
  EXPECT_EQ(batches[1], 100U);
  EXPECT_EQ(world_.server().user().state.records, 1500U);
}

TEST_F(EngineSync, AConnectionForgetsOriginalsThatAreTooOld) {
  ASSERT_TRUE(laptop_.store().begin());
  for (const Millis age : {originals_kept + Millis{1}, Millis{0}}) {
    laptop_.store().add_original({.type = saved_query, .id = "q", .at = world_.now() - age});
  }
  ASSERT_TRUE(laptop_.store().commit());
  laptop_.start();
  settled();
  ASSERT_EQ(laptop_.store().originals().size(), 1U);
  EXPECT_EQ(laptop_.store().originals()[0].number, 2U);
}

TEST_F(EngineSync, TheSameSeedGivesTheSameRun) {
  const auto run = [] {
    World world(99);
    std::string trace;
    world.on_bytes = [&](std::string_view bytes) { trace += bytes; };
    for (const char* name : {"a", "b"}) world.add_device(name).start();
    world.device(0).put(saved_query, "q", query_text("x", "y"));
    EXPECT_TRUE(world.settle());
    return trace + std::to_string(world.now().unix_ms);
  };
  EXPECT_EQ(run(), run());
}

}  // namespace
}  // namespace studiosync::testing
