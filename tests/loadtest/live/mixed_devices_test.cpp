// Devices with and without sockets on one server.
#include <gtest/gtest.h>

#include <algorithm>

#include "loadtest/linked/run.hpp"

namespace studiosync::load {
namespace {

const std::string program = STUDIOSYNC_BIN "/syncload";

TEST(MixedDevices, AllAreConnectedAtOnceAndPushesReachBothKinds) {
  const auto results =
      measure_linked({.devices = 64, .sockets = 24, .program = program, .pushes = 20});
  ASSERT_TRUE(results.has_value()) << results.error().message;
  EXPECT_EQ(results->memory.back().devices, 64U);
  EXPECT_EQ(results->intervals.back().live, 64U);
  EXPECT_EQ(results->total(Timing::connect).count(), 24U);
  EXPECT_EQ(results->total().all_errors(), 0U);
  // Beside the twenty of the linked ones there are those over sockets.
  EXPECT_GT(results->total(Timing::propagation).count(), 20U);
  EXPECT_EQ(results->options.at("sockets"), "24");
  const auto named = std::ranges::count_if(results->remarks, [](const std::string& remark) {
    return remark.find("one with a socket") != std::string::npos;
  });
  EXPECT_EQ(named, 1);
}

TEST(MixedDevices, AProgramThatIsNoneIsAnError) {
  EXPECT_FALSE(
      measure_linked({.devices = 16, .sockets = 8, .program = "/nowhere/syncload"}).has_value());
}

}  // namespace
}  // namespace studiosync::load
