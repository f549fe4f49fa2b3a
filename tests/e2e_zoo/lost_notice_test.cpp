// The world lets everybody pull before it looks at them, so that no run of seeds can tell a device
// that pulls by itself from one that never does. Here time passes instead.
#include <gtest/gtest.h>

#include "e2e/cli/files.hpp"
#include "e2e/cli/judgement.hpp"
#include "e2e/zoo/planted.hpp"

namespace studiosync::e2e {
namespace {

TEST(LostNotice, IsMadeGoodByTheFallback) {
  const auto text = read_file(STUDIOSYNC_FIXTURES "/scenarios/lost-notice.json");
  ASSERT_TRUE(text.has_value());
  const Scenario scenario = parse_scenario(*text).value();
  EXPECT_TRUE(judge(scenario).fine());

  const Planted planted("fallback_poll_is_off");
  const Judgement judgement = judge(scenario);
  ASSERT_EQ(judgement.violations.size(), 1U);
  EXPECT_EQ(judgement.violations.front().rule, rule_expectation);
  EXPECT_EQ(judgement.violations.front().lane, "phone");
}

}  // namespace
}  // namespace studiosync::e2e
