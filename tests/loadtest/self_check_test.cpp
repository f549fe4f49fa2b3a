#include "loadtest/self_check.hpp"

#include <gtest/gtest.h>

#include "loadtest/run/verdict.hpp"
#include "tests/loadtest/made_results.hpp"

namespace studiosync::load {
namespace {

const ThreadUse calm{.busy = 0.5, .busiest_second = 0.6, .wait_us = 100};

Histogram& timing(Results& results, Timing which) {
  return results.intervals[0].timings[static_cast<std::size_t>(which)];
}

TEST(SelfCheck, AGeneratorThatKeptUpIsValid) {
  const SelfCheck self = check_generator(made_results(10, 100, 5000), calm);
  EXPECT_TRUE(self.valid) << self.reason;
  EXPECT_DOUBLE_EQ(self.offered_per_second, 100);
  EXPECT_DOUBLE_EQ(self.achieved_per_second, 100);
  EXPECT_EQ(self.lag_p99_us, 100U);
}

TEST(SelfCheck, FewerOperationsThanTheScheduleAskedForAreNoResult) {
  Results results = made_results(10, 100, 5000);
  results.intervals[5].counts.started = 79;  // 979 of 1,000
  const SelfCheck self = check_generator(results, calm);
  EXPECT_FALSE(self.valid);
  EXPECT_NE(self.reason.find("97.9 of 100.0"), std::string::npos) << self.reason;
}

TEST(SelfCheck, AThreadThatIsAlwaysBusyTimesItsOwnQueue) {
  const SelfCheck self = check_generator(made_results(10, 100, 5000), {.busy = 0.95});
  EXPECT_FALSE(self.valid);
  EXPECT_NE(self.reason.find("95 %"), std::string::npos) << self.reason;
}

TEST(SelfCheck, AThreadThatHadNoTimeForASecondAndThenRestedIsNoResult) {
  const SelfCheck self =
      check_generator(made_results(30, 100, 5000), {.busy = 0.2, .busiest_second = 0.99});
  EXPECT_FALSE(self.valid);
  EXPECT_NE(self.reason.find("99 % of its busiest second"), std::string::npos) << self.reason;
  EXPECT_DOUBLE_EQ(self.busiest_thread, 0.2);
  EXPECT_DOUBLE_EQ(self.busiest_second, 0.99);
}

TEST(SelfCheck, LateStartsAreNoResultWhereTheyAreMuchOfTheLatency) {
  Results results = made_results(1, 100, 50'000);
  timing(results, Timing::generator_lag).record(20'000, 50);
  EXPECT_FALSE(check_generator(results, calm).valid);
}

TEST(SelfCheck, ALagThatIsNearlyAllOfAShortLatencyIsTheGenerators) {
  Results results = made_results(1, 100, 10'000);
  timing(results, Timing::generator_lag).record(9'500, 50);
  const SelfCheck self = check_generator(results, calm);
  EXPECT_FALSE(self.valid);
  EXPECT_NE(self.reason.find("9.5 ms late (p99), which is 95 %"), std::string::npos) << self.reason;
}

TEST(SelfCheck, ALagThatAMachineAlwaysHasIsNobodysFault) {
  Results results = made_results(1, 100, 1'500);
  timing(results, Timing::generator_lag).record(900, 50);
  EXPECT_TRUE(check_generator(results, calm).valid);
}

TEST(SelfCheck, AnswersThatWaitForTheGeneratorsThreadAreReadLate) {
  ThreadUse use = calm;
  use.wait_us = 2'500;
  const SelfCheck self = check_generator(made_results(1, 100, 10'000), use);
  EXPECT_FALSE(self.valid);
  EXPECT_NE(self.reason.find("2.5 ms for a processor"), std::string::npos) << self.reason;
  EXPECT_TRUE(check_generator(made_results(1, 100, 20'000), use).valid);
  use.wait_us = 900;
  EXPECT_TRUE(check_generator(made_results(1, 100, 2'000), use).valid);
}

TEST(SelfCheck, ThreadsAreJudgedByTheWorstOfEach) {
  ThreadUse most = calm;
  most.raise({.busy = 0.1, .busiest_second = 0.95, .wait_us = 50});
  EXPECT_DOUBLE_EQ(most.busy, 0.5);
  EXPECT_DOUBLE_EQ(most.busiest_second, 0.95);
  EXPECT_DOUBLE_EQ(most.wait_us, 100);
}

// A fill by a thread that was busy all the time.
Results filled(double busiest_second) {
  Results results = made_results(1, 100, 5000);
  results.fill = Fill{.records = 90, .seconds = 2, .samples = {}, .busiest_second = busiest_second};
  return results;
}

bool valid_by(const std::string& threshold, Results results) {
  conclude({parse_threshold(threshold).value()}, true, results);
  return results.self.valid;
}

TEST(SelfCheck, ARateOfFillingIsNoResultWhereTheGeneratorWasAtItsEnd) {
  EXPECT_FALSE(valid_by("fill_rate>=40", filled(0.97)));
  EXPECT_FALSE(valid_by("fill_rate_at_end>=40", filled(0.97)));
  EXPECT_TRUE(valid_by("fill_rate>=40", filled(0.5)));
  EXPECT_TRUE(valid_by("sync_latency.p95<2s", filled(0.97)));
}

TEST(SelfCheck, LateStartsDoNotMatterBesideAMuchLongerLatency) {
  Results results = made_results(1, 100, 2'000'000);
  timing(results, Timing::generator_lag).record(20'000, 50);
  EXPECT_TRUE(check_generator(results, calm).valid);
}

TEST(SelfCheck, ALongLatencyDoesNotHideThatAShortOneIsTheGenerators) {
  Results results = made_results(1, 100, 45'000);
  timing(results, Timing::connect).record(800'000, 50);
  EXPECT_TRUE(check_generator(results, calm).valid);
  ThreadUse use = calm;
  use.wait_us = 40'000;
  EXPECT_FALSE(check_generator(results, use).valid);
}

// One pause: too few operations for a p99.
TEST(SelfCheck, AMissedThresholdIsJudgedByTheSameStatisticOfTheLateness) {
  Results results = made_results(10, 100, 5'000);
  timing(results, Timing::generator_lag).record(400'000, 6);
  timing(results, Timing::sync_latency).record(405'000, 6);
  EXPECT_TRUE(valid_by("sync_latency.p99<100ms", results));
  EXPECT_TRUE(valid_by("sync_latency.max<2s", results));
  EXPECT_FALSE(valid_by("sync_latency.p999<100ms", results));
  EXPECT_FALSE(valid_by("sync_latency.max<100ms", results));
  EXPECT_FALSE(valid_by("sync_latency.spread<3", results));
}

TEST(SelfCheck, ARunThatWasAskedForNothingIsValid) {
  EXPECT_TRUE(check_generator(made_results(3, 0, 1), {}).valid);
}

}  // namespace
}  // namespace studiosync::load
