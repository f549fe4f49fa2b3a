#include "loadtest/arrivals.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>

namespace studiosync::load {
namespace {

using std::chrono::seconds;

std::vector<std::int64_t> all_of(Arrivals arrivals) {
  std::vector<std::int64_t> times;
  while (const auto at = arrivals.next()) times.push_back(at->count());
  return times;
}

TEST(Arrivals, EvenOnesComeAtEqualGaps) {
  const auto times = all_of(Arrivals(constant_rate(seconds(2), 5), Spacing::even, Random(1), 0.5));
  ASSERT_EQ(times.size(), 10U);
  for (std::size_t i = 0; i < times.size(); ++i) {
    EXPECT_NEAR(static_cast<double>(times[i]), 100'000 + 200'000 * static_cast<double>(i), 1);
  }
}

TEST(Arrivals, ThreadsThatShareARateTakeTurns) {
  std::vector<std::int64_t> together;
  for (const double first : {0.25, 0.75}) {
    const auto times =
        all_of(Arrivals(constant_rate(seconds(1), 2), Spacing::even, Random(1), first));
    together.insert(together.end(), times.begin(), times.end());
  }
  EXPECT_EQ(together, (std::vector<std::int64_t>{125'000, 625'000, 375'000, 875'000}));
}

TEST(Arrivals, PoissonOnesHaveTheRateAndTheSpreadOfIndependentUsers) {
  const auto times =
      all_of(Arrivals(constant_rate(seconds(100), 200), Spacing::poisson, Random(5)));
  EXPECT_NEAR(static_cast<double>(times.size()), 20'000, 600);
  std::int64_t before = 0;
  double sum = 0;
  double squares = 0;
  for (const std::int64_t at : times) {
    ASSERT_GE(at, before);
    const auto gap = static_cast<double>(at - std::exchange(before, at));
    sum += gap;
    squares += gap * gap;
  }
  const auto count = static_cast<double>(times.size());
  const double mean = sum / count;
  // Exponential gaps: the standard deviation is the mean.
  EXPECT_NEAR(std::sqrt(squares / count - mean * mean) / mean, 1, 0.05);
}

TEST(Arrivals, OneSeedGivesOneSchedule) {
  const RateProfile profile = constant_rate(seconds(1), 100);
  const auto first = all_of(Arrivals(profile, Spacing::poisson, Random(9)));
  EXPECT_EQ(first, all_of(Arrivals(profile, Spacing::poisson, Random(9))));
  EXPECT_NE(first, all_of(Arrivals(profile, Spacing::poisson, Random(10))));
}

TEST(Arrivals, FollowTheRateOfEachPhase) {
  const RateProfile profile{
      {seconds(10), 10}, {seconds(20), 100}, {seconds(30), 0}, {seconds(40), 10}};
  EXPECT_DOUBLE_EQ(operations_in(profile), 1200);
  std::size_t in_phase[4] = {};
  for (const std::int64_t at : all_of(Arrivals(profile, Spacing::even, Random(1), 0.5))) {
    ++in_phase[at / 10'000'000];
  }
  EXPECT_EQ(in_phase[0], 100U);
  EXPECT_EQ(in_phase[1], 1000U);
  EXPECT_EQ(in_phase[2], 0U);
  EXPECT_EQ(in_phase[3], 100U);
}

TEST(Arrivals, ARateOfNothingAsksForNothing) {
  EXPECT_TRUE(all_of(Arrivals(constant_rate(seconds(10), 0), Spacing::even, Random(1))).empty());
  EXPECT_TRUE(all_of(Arrivals({}, Spacing::poisson, Random(1))).empty());
}

TEST(Arrivals, AtOnceAreAsManyAndAllAtTheirPhasesBegin) {
  const RateProfile profile{{seconds(2), 5}, {seconds(3), 20}};
  const auto times = all_of(Arrivals(profile, Spacing::at_once, Random(1)));
  ASSERT_EQ(times.size(), 30U);
  EXPECT_EQ(times[0], 0);
  EXPECT_EQ(times[9], 0);
  EXPECT_EQ(times[10], 2'000'000);
  EXPECT_EQ(times[29], 2'000'000);
}

TEST(Arrivals, SpacingsAreReadAsTheyAreWritten) {
  for (const Spacing spacing : {Spacing::even, Spacing::poisson, Spacing::at_once}) {
    EXPECT_EQ(parse_spacing(to_string(spacing)), spacing);
  }
  EXPECT_EQ(parse_spacing("sometimes"), std::nullopt);
}

}  // namespace
}  // namespace studiosync::load
