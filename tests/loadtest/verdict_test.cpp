#include "loadtest/run/verdict.hpp"

#include <gtest/gtest.h>

#include "loadtest/cli/exit_code.hpp"
#include "tests/loadtest/made_results.hpp"

namespace studiosync::load {
namespace {

// Of a search that ended at `rate`; the results are those at that rate, and good ones.
Results concluded(double rate, std::vector<Trial> trials) {
  Results results = made_results(2, 100, 900);
  results.capacity =
      Capacity{.objective = "sync_latency.p95<1s", .rate = rate, .trials = std::move(trials)};
  conclude({}, true, results);
  return results;
}

Trial held(double rate) {
  return {.rate = rate, .measured = 900, .met = true};
}
Trial missed(double rate) {
  return {.rate = rate, .measured = 2e6};
}
Trial beyond_the_generator(double rate) {
  return {.rate = rate, .measured = 900, .met = true, .valid = false};
}

TEST(Verdict, AnObjectiveThatHeldAtNoRateHasNotPassed) {
  const Results none = concluded(0, {missed(100), missed(50)});
  EXPECT_FALSE(none.passed);
  EXPECT_EQ(exit_code_of(none), exit_failed);
}

TEST(Verdict, AHighestRateThatTheServerSetHasPassed) {
  const Results found = concluded(100, {held(100), missed(200), missed(104)});
  EXPECT_TRUE(found.passed);
  EXPECT_EQ(exit_code_of(found), exit_passed);
}

TEST(Verdict, AHighestRateThatIsTheGeneratorsOwnIsInvalid) {
  const Results own = concluded(100, {held(100), beyond_the_generator(200)});
  EXPECT_FALSE(own.passed);
  EXPECT_EQ(exit_code_of(own), exit_invalid);
}

// A trial of edits that took 5 ms, two of a hundred of which were errors.
class TrialRules : public testing::Test {
 protected:
  TrialRules() {
    for (Interval& interval : results_.intervals) interval.counts.errors[ErrorCode::timeout] = 2;
  }
  Trial with(const std::string& objective, const std::vector<std::string>& rules) const {
    return trial_of(100, parse_threshold(objective).value(), parse_thresholds(rules, {}).value(),
                    results_);
  }

  Results results_ = made_results(2, 100, 5'000);
};

TEST_F(TrialRules, ALatencyThatHoldsByRefusingDoesNotHold) {
  const Trial trial = with("sync_latency.p95<10ms", {"error_rate<1%"});
  EXPECT_FALSE(trial.held());
  EXPECT_EQ(trial.missed, "error_rate<1%");
  EXPECT_GE(trial.measured, 5'000);
  EXPECT_TRUE(with("sync_latency.p95<10ms", {"error_rate<5%"}).held());
}

TEST_F(TrialRules, TheObjectiveItselfIsNotNamedAgain) {
  const Trial trial = with("sync_latency.p95<1ms", {"sync_latency.p95<1ms", "error_rate<1%"});
  EXPECT_FALSE(trial.held());
  EXPECT_EQ(trial.missed, "");
}

TEST_F(TrialRules, ALowRateNeedNotKeepWhatAsksForMuch) {
  EXPECT_TRUE(with("sync_latency.p95<10ms", {"throughput>=100000"}).held());
}

TEST_F(TrialRules, TheObjectiveTakesThePlaceOfTheScenariosOwn) {
  RunOptions options;
  options.objective = "sync_latency.p95<5s";
  const auto rules = rules_of(options);
  ASSERT_TRUE(rules.has_value());
  ASSERT_EQ(rules->size(), 3U);
  EXPECT_EQ(rules->at(0).expression, "sync_latency.p95<5s");
  EXPECT_EQ(rules->at(1).expression, "error_rate<1%");
}

}  // namespace
}  // namespace studiosync::load
