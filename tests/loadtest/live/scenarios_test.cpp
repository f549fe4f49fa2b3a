// Every scenario against a real server. How fast it is is not looked at: machines differ.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/loadtest/live/load_fixture.hpp"

namespace studiosync::load {
namespace {

class EveryScenario : public testing::TestWithParam<std::string> {
 protected:
  test::LiveServer server_{without_limits()};
  Meddler nobody_;
};

// What the scenario is about.
Timing subject_of(const std::string& scenario) {
  if (scenario == "initial" || scenario == "download") return Timing::first_sync;
  if (scenario == "reconnect" || scenario == "idle") return Timing::connect;
  return Timing::sync_latency;
}

TEST_P(EveryScenario, TimesWhatItIsAboutAndLosesNothing) {
  const auto results = run_load(short_run(server_.url(), GetParam()), nobody_);
  ASSERT_TRUE(results.has_value()) << results.error().message;
  EXPECT_TRUE(results->verification.done);
  EXPECT_TRUE(results->verification.lossless())
      << testing::PrintToString(results->verification.examples);
  // The records of before count, too.
  EXPECT_GE(results->verification.acknowledged, 40U);
  const Counts counts = results->total();
  EXPECT_GT(counts.offered, 0U);
  EXPECT_EQ(counts.all_errors(), 0U) << to_json(*results).find("summary")->dump();
  const bool writes = GetParam() != "initial" && GetParam() != "download";
  EXPECT_EQ(counts.acknowledged > 0, writes);
  if (GetParam() == "conflict") {
    EXPECT_GT(counts.conflicts, 0U);
  }
  EXPECT_EQ(results->intervals.size(), 3U);
  EXPECT_GT(results->total(subject_of(GetParam())).count(), 0U);
  for (const Threshold& threshold : results->thresholds) {
    EXPECT_FALSE(std::isnan(threshold.measured)) << threshold.expression;
  }
}

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const ScenarioSpec& spec : all_scenarios()) all.emplace_back(spec.name);
  return all;
}

INSTANTIATE_TEST_SUITE_P(All, EveryScenario, testing::ValuesIn(names()),
                         [](const auto& scenario) { return scenario.param; });

TEST(LoadRun, EveryAcknowledgedEditIsTimedOnceAndReachesTheOtherDevice) {
  test::LiveServer server{without_limits()};
  Meddler nobody;
  const auto results = run_load(short_run(server.url(), "steady"), nobody);
  ASSERT_TRUE(results.has_value());
  const Counts counts = results->total();
  EXPECT_EQ(counts.offered, 60U);
  // What a busy machine did not start before the end was offered all the same.
  EXPECT_LE(counts.started, counts.offered);
  EXPECT_GE(counts.started, counts.acknowledged);
  EXPECT_EQ(results->total(Timing::sync_latency).count(), counts.acknowledged);
  EXPECT_EQ(results->total(Timing::generator_lag).count(), counts.offered);
  EXPECT_GT(results->self.busiest_second, 0);
  EXPECT_GT(results->fill->busiest_second, 0);
  // Each user has one other device; of two edits in conflict one becomes no version of its own.
  const std::uint64_t arrived = results->total(Timing::propagation).count();
  EXPECT_LE(arrived, counts.acknowledged);
  EXPECT_GE(arrived + 2 * counts.conflicts, counts.acknowledged);
  ASSERT_TRUE(results->usage.has_value());
  EXPECT_FALSE(results->usage->estimated);
  EXPECT_GE(results->usage->rows_written, counts.acknowledged);
}

}  // namespace
}  // namespace studiosync::load
