// Seeds hardly ever let two devices edit in one millisecond: here they do, and the server hears of
// the one first and of the other first.
#include <gtest/gtest.h>

#include "e2e/cli/files.hpp"
#include "e2e/cli/judgement.hpp"
#include "e2e/zoo/planted.hpp"

namespace studiosync::e2e {
namespace {

TEST(Ties, AreWonByTheSameSideWhicheverCameFirst) {
  const auto text = read_file(STUDIOSYNC_FIXTURES "/scenarios/two-edits-of-one-moment.json");
  ASSERT_TRUE(text.has_value());
  const Scenario scenario = parse_scenario(*text).value();
  EXPECT_TRUE(judge(scenario).fine());

  const Planted planted("ties_go_by_arrival");
  const Judgement judgement = judge(scenario);
  ASSERT_EQ(judgement.violations.size(), 1U);
  EXPECT_EQ(judgement.violations.front().rule, rule_expectation);
  EXPECT_EQ(judgement.violations.front().id, "theme");
}

}  // namespace
}  // namespace studiosync::e2e
