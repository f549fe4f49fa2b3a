#include "loadtest/compare.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/loadtest/made_results.hpp"

namespace studiosync::load {
namespace {

constexpr double ten_percent = 0.1;

bool worse(const Comparison& comparison, const std::string& name) {
  const auto figure = std::ranges::find(comparison.figures, name, &ComparedFigure::name);
  EXPECT_NE(figure, comparison.figures.end()) << name;
  return figure != comparison.figures.end() && figure->regressed;
}

TEST(Compare, ARunIsNoWorseThanItself) {
  const Results results = made_results(10, 100, 50'000);
  const Comparison comparison = compare(results, results, 0);
  EXPECT_FALSE(comparison.regressed);
  EXPECT_TRUE(comparison.remarks.empty());
  for (const ComparedFigure& figure : comparison.figures) EXPECT_EQ(figure.ratio, 1) << figure.name;
}

TEST(Compare, ALatencyBeyondTheToleranceIsARegression) {
  const Results before = made_results(10, 100, 50'000);
  EXPECT_FALSE(compare(before, made_results(10, 100, 54'000), ten_percent).regressed);
  const Comparison comparison = compare(before, made_results(10, 100, 60'000), ten_percent);
  EXPECT_TRUE(worse(comparison, "sync_latency.p95"));
  EXPECT_TRUE(comparison.regressed);
}

TEST(Compare, DifferencesThatNobodyNoticesAreNone) {
  EXPECT_FALSE(
      compare(made_results(10, 100, 300), made_results(10, 100, 900), ten_percent).regressed);
}

TEST(Compare, LessThroughputIsARegressionAndMoreIsNot) {
  const Results before = made_results(10, 100, 5000);
  EXPECT_TRUE(worse(compare(before, made_results(10, 80, 5000), ten_percent), "throughput"));
  EXPECT_FALSE(compare(before, made_results(10, 200, 5000), ten_percent).regressed);
}

TEST(Compare, ErrorsAndLossesAreRegressions) {
  const Results before = made_results(10, 100, 5000);
  Results after = before;
  after.intervals[0].counts.errors[ErrorCode::timeout] = 20;
  EXPECT_TRUE(worse(compare(before, after, ten_percent), "error_rate"));
  after = before;
  after.verification.missing = 1;
  EXPECT_TRUE(worse(compare(before, after, ten_percent), "lost_or_apart"));
}

TEST(Compare, SaysWhatMakesTwoRunsHardToCompare) {
  const Results before = made_results(10, 100, 5000);
  Results after = before;
  after.options["users"] = "20";
  after.self.valid = false;
  EXPECT_EQ(compare(before, after, ten_percent).remarks,
            (std::vector<std::string>{"users was 10, is 20", "the second run is invalid"}));
}

}  // namespace
}  // namespace studiosync::load
