#include "loadtest/self_check.hpp"

#include <gtest/gtest.h>

#include "tests/loadtest/made_results.hpp"

namespace studiosync::load {
namespace {

Histogram& timing(Results& results, Timing which) {
  return results.intervals[0].timings[static_cast<std::size_t>(which)];
}

TEST(SelfCheck, AGeneratorThatKeptUpIsValid) {
  const SelfCheck self = check_generator(made_results(10, 100, 5000), 0.5);
  EXPECT_TRUE(self.valid) << self.reason;
  EXPECT_DOUBLE_EQ(self.offered_per_second, 100);
  EXPECT_DOUBLE_EQ(self.achieved_per_second, 100);
  EXPECT_EQ(self.lag_p99_us, 100U);
}

TEST(SelfCheck, FewerOperationsThanTheScheduleAskedForAreNoResult) {
  Results results = made_results(10, 100, 5000);
  results.intervals[5].counts.started = 79;  // 979 of 1,000
  const SelfCheck self = check_generator(results, 0.5);
  EXPECT_FALSE(self.valid);
  EXPECT_NE(self.reason.find("97.9 of 100.0"), std::string::npos) << self.reason;
}

TEST(SelfCheck, AThreadThatIsAlwaysBusyTimesItsOwnQueue) {
  const SelfCheck self = check_generator(made_results(10, 100, 5000), 0.95);
  EXPECT_FALSE(self.valid);
  EXPECT_NE(self.reason.find("95 %"), std::string::npos) << self.reason;
}

TEST(SelfCheck, LateStartsAreNoResultWhereTheyAreMuchOfTheLatency) {
  Results results = made_results(1, 100, 50'000);
  timing(results, Timing::generator_lag).record(20'000, 50);
  EXPECT_FALSE(check_generator(results, 0.5).valid);
}

TEST(SelfCheck, LateStartsDoNotMatterBesideAMuchLongerLatency) {
  Results results = made_results(1, 100, 2'000'000);
  timing(results, Timing::generator_lag).record(20'000, 50);
  EXPECT_TRUE(check_generator(results, 0.5).valid);
}

TEST(SelfCheck, ARunThatWasAskedForNothingIsValid) {
  EXPECT_TRUE(check_generator(made_results(3, 0, 1), 0).valid);
}

}  // namespace
}  // namespace studiosync::load
