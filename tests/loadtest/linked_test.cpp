#include "loadtest/linked/run.hpp"

#include <gtest/gtest.h>

namespace studiosync::load {
namespace {

TEST(Linked, AllDevicesAreConnectedAndEveryPushArrives) {
  const auto results = measure_linked({.devices = 400, .pushes = 50});
  ASSERT_TRUE(results.has_value()) << results.error().message;
  EXPECT_EQ(results->memory.back().devices, 400U);
  EXPECT_EQ(results->total(Timing::propagation).count(), 50U);
  EXPECT_EQ(results->total().applied, 50U);
}

TEST(Linked, IsJudgedByItsOwnThresholdsAndTheCallers) {
  const auto results = measure_linked(
      {.devices = 64, .pushes = 5, .thresholds = {"propagation.p99<1ms", "propagation.max<0ms"}});
  ASSERT_TRUE(results.has_value());
  ASSERT_EQ(results->thresholds.size(), 3U);
  EXPECT_EQ(results->thresholds[2].expression, "memory_per_device<12288");
  EXPECT_FALSE(results->passed);
  EXPECT_FALSE(measure_linked({.devices = 8, .thresholds = {"memory<little"}}).has_value());
}

}  // namespace
}  // namespace studiosync::load
