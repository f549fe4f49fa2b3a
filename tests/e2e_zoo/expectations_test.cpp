// Bugs that no run of seeds can show, and a scenario whose expectation does.
#include <gtest/gtest.h>

#include "e2e/cli/files.hpp"
#include "e2e/cli/judgement.hpp"
#include "e2e/zoo/planted.hpp"

namespace studiosync::e2e {
namespace {

// What the kept scenario violates where the bug is planted, and only there.
std::vector<Violation> violations_under(const std::string& bug, const std::string& name) {
  const auto text = read_file(STUDIOSYNC_FIXTURES "/scenarios/" + name + ".json");
  EXPECT_TRUE(text.has_value());
  const Scenario scenario = parse_scenario(text.value()).value();
  EXPECT_TRUE(judge(scenario).fine());

  const Planted planted(bug);
  return judge(scenario).violations;
}

// The world lets everybody pull before it looks at them, so that no run of seeds can tell a device
// that pulls by itself from one that never does. Here time passes instead.
TEST(LostNotice, IsMadeGoodByTheFallback) {
  const auto violations = violations_under("fallback_poll_is_off", "lost-notice");
  ASSERT_EQ(violations.size(), 1U);
  EXPECT_EQ(violations.front().rule, rule_expectation);
  EXPECT_EQ(violations.front().lane, "phone");
}

// Seeds hardly ever let two devices edit in one millisecond: here they do, and the server hears of
// the one first and of the other first.
TEST(Ties, AreWonByTheSameSideWhicheverCameFirst) {
  const auto violations = violations_under("ties_go_by_arrival", "two-edits-of-one-moment");
  ASSERT_EQ(violations.size(), 1U);
  EXPECT_EQ(violations.front().rule, rule_expectation);
  EXPECT_EQ(violations.front().id, "theme");
}

}  // namespace
}  // namespace studiosync::e2e
