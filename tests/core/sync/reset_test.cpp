// The user deletes everything, on purpose: no device brings any of it back.
#include <utility>

#include "tests/core/sync/two_devices.hpp"

namespace studiosync::testing {
namespace {

using enum EntityType;

class Reset : public TwoDevices {
 protected:
  static bool set_aside(SimDevice& device, std::string_view text) {
    const auto& aside = device.store().aside();
    return std::any_of(aside.begin(), aside.end(), [&](const DeviceRecord& record) {
      return record.content.find(text) != std::string::npos;
    });
  }
};

TEST_F(Reset, EmptiesEveryDeviceAndSetsItsDatabaseAside) {
  put(laptop_, "a", "A");
  both_start();
  world_.server().reset();
  settled();
  for (SimDevice* device : {&laptop_, &tablet_}) {
    EXPECT_EQ(visible(*device), 0U);
    EXPECT_TRUE(set_aside(*device, "\"A\""));
    EXPECT_EQ(device->store().meta().recovery, Recovery::none);
  }
}

TEST_F(Reset, NothingOfADeviceThatWasAwayComesBack) {
  put(laptop_, "a", "A");
  both_start();
  world_.faults = [](std::uint64_t) { return Fate::swallowed; };
  put(tablet_, "frozen", "F");
  put(tablet_, "pending", "P");
  world_.run_for(Millis{50});
  tablet_.stop();
  world_.faults = nullptr;
  world_.server().reset();
  settled();
  listen();
  tablet_.start();
  settled();
  EXPECT_EQ(heard("push") + heard("reconcile"), 0);
  EXPECT_EQ(world_.server().user().state.records, 0U);
  EXPECT_EQ(visible(tablet_), 0U);
  EXPECT_EQ(tablet_.store().counts().frozen + tablet_.store().counts().pending, 0U);
  EXPECT_TRUE(set_aside(tablet_, "\"F\""));
  EXPECT_TRUE(set_aside(tablet_, "\"P\""));
}

TEST_F(Reset, LocalRowsStay) {
  put(laptop_, "a", "A");
  laptop_.put(query_history, "h", R"({"privacy_mode":"private","query":"SELECT 1"})");
  both_start();
  world_.server().reset();
  settled();
  EXPECT_NE(laptop_.shown(query_history, "h"), "");
  EXPECT_TRUE(laptop_.store().find(query_history, "h")->local_only);
}

TEST_F(Reset, WhatAnotherProcessWritesBehindTheCopyIsSetAside) {
  put(laptop_, "a", "A");
  laptop_.start();
  settled();
  laptop_.behind_the_copy([&] {
    auto& store = laptop_.store();
    ASSERT_TRUE(store.begin());
    const Json data = Json::object().set("name", "late").set("query", "select 1");
    ASSERT_TRUE(put_record(store, saved_query, "b", data, world_.now()));
    ASSERT_TRUE(store.commit());
  });
  world_.server().reset();
  settled();
  EXPECT_EQ(visible(laptop_), 0U);
  EXPECT_TRUE(set_aside(laptop_, "\"late\""));
}

TEST_F(Reset, TheAccountGoesOnAfterwards) {
  put(laptop_, "a", "A");
  both_start();
  const ReplicaId before = laptop_.store().meta().replica;
  world_.server().reset();
  settled();
  EXPECT_NE(laptop_.store().meta().replica, before);
  put(laptop_, "a", "a new life");
  put(tablet_, "b", "B");
  settled();
  EXPECT_EQ(shown(tablet_, "a"), named("a new life"));
  EXPECT_EQ(visible(laptop_), 2U);
}

TEST_F(Reset, APushThatWasOnItsWayIsRefused) {
  put(laptop_, "a", "A");
  both_start();
  put(tablet_, "late", "L");
  world_.server().reset();
  settled();
  EXPECT_EQ(world_.server().user().state.records, 0U);
  EXPECT_TRUE(set_aside(tablet_, "\"L\""));
}

TEST_F(Reset, IsNoticedByADeviceThatHadReadNothingYet) {
  put(laptop_, "a", "A");
  laptop_.start();
  settled();
  put(tablet_, "t", "T");
  tablet_.start();
  world_.on_bytes = [&](std::string_view bytes) {
    if (bytes.find("\"pull\"") != std::string_view::npos) world_.cut(tablet_);
  };
  world_.run_for(Millis{60});
  ASSERT_EQ(tablet_.store().meta().cursor.seq, Seq{});
  tablet_.stop();
  world_.on_bytes = nullptr;
  world_.server().reset();
  settled();
  tablet_.start();
  settled();
  EXPECT_EQ(world_.server().user().state.records, 0U);
}

// Which reads everything from the beginning: nothing in its question says of which account.
TEST_F(Reset, IsNoticedByADeviceThatTakesASnapshot) {
  put(laptop_, "a", "A");
  put(laptop_, "b", "B");
  both_start();
  tablet_.stop();
  put(tablet_, "a", "unsynced");
  EXPECT_TRUE(laptop_.erase(saved_query, "b"));
  settled();
  world_.server().collect();
  laptop_.stop();
  bool asked = false;
  world_.on_bytes = [&](std::string_view bytes) {
    const bool snapshot = bytes.find("\"snapshot\"") != std::string_view::npos;
    if (snapshot && !std::exchange(asked, true)) world_.server().reset();
  };
  tablet_.start();
  settled();
  ASSERT_TRUE(asked);
  EXPECT_EQ(world_.server().user().state.records, 0U);
  EXPECT_EQ(visible(tablet_), 0U);
  EXPECT_TRUE(set_aside(tablet_, "\"unsynced\""));
}

TEST_F(Reset, ANewDeviceOfAnAccountThatWasResetBeforeUploadsWhatItHas) {
  put(laptop_, "a", "A");
  laptop_.start();
  settled();
  world_.server().reset();
  settled();
  put(tablet_, "mine", "M");
  tablet_.start();
  settled();
  EXPECT_EQ(shown(laptop_, "mine"), named("M"));
  EXPECT_TRUE(tablet_.store().aside().empty());
}

}  // namespace
}  // namespace studiosync::testing
