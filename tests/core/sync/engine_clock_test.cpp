// A device's clock is set back or ahead while its engine waits.
#include "tests/core/sync/two_devices.hpp"

namespace studiosync::testing {
namespace {

constexpr Millis hour{3'600'000};
constexpr Millis until_2099{73LL * 365 * 24 * 3'600'000};

class EngineClock : public TwoDevices {
 protected:
  void loses_connection() {
    world_.reachable = false;
    world_.cut_all();
  }
};

TEST_F(EngineClock, ADeviceWhoseClockComesBackFrom2099ConnectsAgainSoon) {
  laptop_.skew = until_2099;
  both_start();
  loses_connection();
  world_.run_for(Millis{10'000});
  laptop_.skew = Millis{};
  world_.reachable = true;
  put(tablet_, "a", "A");
  settled();
  EXPECT_EQ(shown(laptop_, "a"), named("A"));
}

TEST_F(EngineClock, ADeviceWhoseClockIsSetBackStillNoticesThatNoAnswerComes) {
  both_start();
  world_.faults = [](std::uint64_t) { return Fate::swallowed; };
  put(laptop_, "a", "A");
  laptop_.skew = Millis{} - hour;
  world_.run_for(Millis{1'000});
  world_.faults = nullptr;
  settled();
  EXPECT_EQ(stored("a"), named("A"));
}

TEST_F(EngineClock, ADeviceWhoseClockIsSetBackPullsAsOftenAsBefore) {
  laptop_.skew = hour;
  both_start();
  laptop_.skew = Millis{};
  world_.run_for(Millis{61'000});
  listen();
  world_.run_for(Millis{121'000});
  EXPECT_GE(heard("pull"), 3);  // of two devices
}

TEST_F(EngineClock, ARequestIsNotGivenUpBecauseTheClockJumpsAhead) {
  both_start();
  listen();
  put(laptop_, "a", "A");
  laptop_.skew = hour;
  put(laptop_, "b", "B");
  settled();
  EXPECT_EQ(heard("hello"), 0);
  EXPECT_EQ(laptop_.status().attempts, 0);
}

// What was put aside is nowhere else.
TEST_F(EngineClock, ADeviceWhoseClockJumpsAheadForgetsNoOriginals) {
  const std::string secret = R"({"key":"p","value":{"password":"canary"}})";
  laptop_.put(EntityType::preference, "p", secret);
  both_start();
  tablet_.put(EntityType::preference, "p", R"({"key":"p","value":{"theirs":1}})");
  settled();
  ASSERT_EQ(laptop_.store().originals().size(), 1U);
  laptop_.stop();
  laptop_.skew = until_2099;
  laptop_.put(EntityType::preference, "o", R"({"key":"o","value":{"password":"canary"}})");
  laptop_.start();
  settled();
  tablet_.put(EntityType::preference, "o", R"({"key":"o","value":{"theirs":1}})");
  settled();
  EXPECT_EQ(laptop_.store().originals().size(), 2U);
}

}  // namespace
}  // namespace studiosync::testing
