#include "e2e/real/left_out.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace studiosync::e2e {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Scenario with_steps(const std::vector<Do>& kinds) {
  Scenario scenario{.name = "small", .devices = {{.name = "laptop", .user = "ann"}}};
  for (const Do what : kinds) scenario.steps.push_back({.what = what, .device = "laptop"});
  return scenario;
}

TEST(LeftOut, IsNothingWhereProcessesCanDoItAll) {
  const LeftOut left = left_out_of(with_steps({Do::put, Do::crash, Do::expect}));
  EXPECT_THAT(left.what, IsEmpty());
  EXPECT_THAT(left.steps, IsEmpty());
  EXPECT_EQ(left.expectations, 0U);
}

TEST(LeftOut, AreTheStepsThatProcessesCannotDoAndWhatIsExpectedBehindThem) {
  const LeftOut left =
      left_out_of(with_steps({Do::expect, Do::quota, Do::put, Do::expect, Do::expect}));
  EXPECT_THAT(left.what, ElementsAre("step 2, quota", "step 4, expect", "step 5, expect"));
  EXPECT_THAT(left.steps, ElementsAre(1U, 3U, 4U));
  EXPECT_EQ(left.expectations, 2U);
}

TEST(LeftOut, IsAllThatIsExpectedWhereADeviceIsOfAKindThatProcessesCannotBe) {
  Scenario scenario = with_steps({Do::put, Do::expect});
  scenario.devices.push_back({.name = "phone", .user = "ann", .skew = Millis{1'000}});
  scenario.devices.push_back({.name = "tablet", .user = "ann", .old_client = true});
  scenario.devices.push_back({.name = "twin", .user = "bob", .beside = "laptop"});
  const LeftOut left = left_out_of(scenario);
  EXPECT_THAT(left.what, ElementsAre("the clock of phone", "the old version of tablet",
                                     "the shared machine of twin", "step 2, expect"));
  EXPECT_EQ(left.expectations, 1U);
}

}  // namespace
}  // namespace studiosync::e2e
