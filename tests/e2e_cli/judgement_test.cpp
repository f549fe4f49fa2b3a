#include "e2e/cli/judgement.hpp"

#include <gtest/gtest.h>

namespace studiosync::e2e {
namespace {

TEST(Judge, FindsARunThatDoesNotComeToRest) {
  const Scenario scenario{.name = "small", .devices = {{.name = "laptop", .user = "ann"}}};
  EXPECT_TRUE(judge(scenario).fine());
  const Judgement restless = judge(scenario, {.settle_max = Millis{0}});
  ASSERT_FALSE(restless.fine());
  EXPECT_EQ(restless.violations.back().rule, "queue-stuck");
  EXPECT_EQ(restless.violations.back().lane, "network");
}

}  // namespace
}  // namespace studiosync::e2e
