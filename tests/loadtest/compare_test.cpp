#include "loadtest/compare.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "loadtest/cli/exit_code.hpp"
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

// No latency of what is gone is worse, and none is compared.
TEST(Compare, WhatIsNoLongerMeasuredIsARegression) {
  Results before = made_results(10, 100, 5000);
  for (Interval& interval : before.intervals) {
    interval.timings[static_cast<std::size_t>(Timing::propagation)].record(5000, 10);
  }
  Results after = before;
  for (Interval& interval : after.intervals) {
    interval.timings[static_cast<std::size_t>(Timing::propagation)] = {};
  }
  const Comparison lost = compare(before, after, ten_percent);
  EXPECT_TRUE(worse(lost, "propagation"));
  EXPECT_TRUE(lost.regressed);
  EXPECT_EQ(lost.remarks.size(), 1U);
  const Comparison gained = compare(after, before, ten_percent);
  EXPECT_FALSE(gained.regressed);
  EXPECT_EQ(gained.remarks.size(), 1U);
  after.scenario = "spike";
  EXPECT_FALSE(compare(before, after, ten_percent).regressed);
}

// Beside what `made_results` has.
Results with_everything() {
  Results results = made_results(10, 100, 5000);
  for (Interval& interval : results.intervals) interval.counts.applied = 100;
  results.fill = Fill{.records = 100'000, .seconds = 2, .samples = {{1, 50'000}, {2, 100'000}}};
  for (std::uint64_t i = 1; i <= 40; ++i) {
    results.memory.push_back({static_cast<double>(i), i, 50'000'000 + i * 8'000});
  }
  results.usage = Usage{.cpu_seconds = 0.5};
  results.capacity = Capacity{
      .objective = "sync_latency.p95<1s", .rate = 1'000, .trials = {{.rate = 1'000, .met = true}}};
  return results;
}

TEST(Compare, LooksAtEveryFigureThatARunIsAskedFor) {
  const Results before = with_everything();
  EXPECT_FALSE(compare(before, before, ten_percent).regressed);
  Results after = before;
  after.fill->seconds = 20;
  EXPECT_TRUE(worse(compare(before, after, ten_percent), "fill_rate"));
  after = before;
  after.fill->samples = {{0.1, 99'000}, {2, 100'000}};
  EXPECT_TRUE(worse(compare(before, after, ten_percent), "fill_rate_at_end"));
  after = before;
  for (Interval& interval : after.intervals) interval.counts.applied = 50;
  EXPECT_TRUE(worse(compare(before, after, ten_percent), "row_rate"));
  after = before;
  for (MemorySample& sample : after.memory) sample.bytes += sample.devices * 4'000;
  EXPECT_TRUE(worse(compare(before, after, ten_percent), "memory_per_device"));
  after = before;
  for (std::size_t i = 30; i < 40; ++i) after.memory[i].bytes *= 2;
  EXPECT_TRUE(worse(compare(before, after, ten_percent), "memory_growth"));
  after = before;
  after.usage->cpu_seconds = 1;
  EXPECT_TRUE(worse(compare(before, after, ten_percent), "cpu_per_change"));
  after = before;
  after.capacity->rate = 500;
  EXPECT_TRUE(worse(compare(before, after, ten_percent), "highest_rate"));
}

TEST(Compare, NamesAFigureThatOneOfThemDoesNotHave) {
  const Results before = with_everything();
  Results after = before;
  after.fill.reset();
  after.usage.reset();
  const auto remarks = compare(before, after, ten_percent).remarks;
  EXPECT_EQ(remarks, (std::vector<std::string>{"only the first run has cpu_per_change",
                                               "only the first run has fill_rate",
                                               "only the first run has fill_rate_at_end"}));
}

TEST(Compare, SaysWhatMakesTwoRunsHardToCompare) {
  const Results before = made_results(10, 100, 5000);
  Results after = before;
  after.options["users"] = "20";
  after.options["rate"] = "1000";
  after.options.erase("seed");
  after.self.valid = false;
  after.verification.done = false;
  EXPECT_EQ(compare(before, after, ten_percent).remarks,
            (std::vector<std::string>{"rate was nothing, is 1000", "seed was 1, is nothing",
                                      "users was 10, is 20",
                                      "the second run is invalid: the generator was the bottleneck",
                                      "the second run is not verified"}));
}

TEST(Compare, ApprovesNothingThatIsInvalid) {
  const Results valid = made_results(10, 100, 5000);
  Results invalid = valid;
  invalid.self.valid = false;
  EXPECT_EQ(exit_code_of(compare(valid, valid, ten_percent)), exit_passed);
  EXPECT_EQ(exit_code_of(compare(valid, invalid, ten_percent)), exit_invalid);
  EXPECT_EQ(exit_code_of(compare(invalid, valid, ten_percent)), exit_invalid);
  // What is lost is lost.
  invalid.verification.missing = 1;
  EXPECT_EQ(exit_code_of(compare(valid, invalid, ten_percent)), exit_failed);
  EXPECT_EQ(exit_code_of(compare(valid, made_results(10, 50, 5000), ten_percent)), exit_failed);
}

}  // namespace
}  // namespace studiosync::load
