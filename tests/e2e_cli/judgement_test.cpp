#include "e2e/cli/judgement.hpp"

#include <gtest/gtest.h>

namespace studiosync::e2e {
namespace {

Step put(const char* id, Millis at) {
  return {.at = at,
          .what = Do::put,
          .device = "laptop",
          .type = EntityType::saved_query,
          .id = id,
          .data = Json::object().set("name", "Orders").set("query", "SELECT 1")};
}

// Nobody ever writes what is expected; more happens afterwards.
Scenario unmet_in_the_middle() {
  Scenario scenario;
  scenario.name = "unmet";
  scenario.devices = {{.name = "laptop", .user = "ann"}};
  Step expect{.at = Millis{5'000}, .what = Do::expect, .type = EntityType::saved_query};
  expect.expectation = Expectation{.count = 7};
  scenario.steps = {put("early", Millis{0}), expect, put("late", Millis{6'000})};
  return scenario;
}

std::uint64_t edit_of(const History& history, const std::string& id) {
  for (const Event& event : history) {
    const auto* edited = std::get_if<Edited>(&event.what);
    if (edited != nullptr && edited->id == id) return event.number;
  }
  return history.size();
}

TEST(Judgement, AnUnmetExpectationStandsBehindWhatHadHappenedByThen) {
  const Judgement judgement = judge(unmet_in_the_middle());
  ASSERT_EQ(judgement.violations.size(), 1U);
  const Violation& violation = judgement.violations.front();
  EXPECT_EQ(violation.rule, rule_expectation);
  EXPECT_GT(violation.event, edit_of(judgement.run.history, "early"));
  EXPECT_EQ(violation.event + 1, edit_of(judgement.run.history, "late"));
}

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
