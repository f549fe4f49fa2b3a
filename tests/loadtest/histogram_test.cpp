#include "loadtest/histogram.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/base/random.hpp"

namespace studiosync::load {
namespace {

// Durations as they occur: from microseconds to minutes, all magnitudes alike.
std::vector<std::uint64_t> random_durations(std::uint64_t seed, std::size_t count) {
  Random random(seed);
  std::vector<std::uint64_t> values;
  for (std::size_t i = 0; i < count; ++i) {
    values.push_back(1 + random.below(std::uint64_t{1} << (1 + random.below(31))));
  }
  return values;
}

std::uint64_t exact_percentile(std::vector<std::uint64_t> values, double p) {
  std::ranges::sort(values);
  const auto rank = static_cast<std::size_t>(std::ceil(p * static_cast<double>(values.size())));
  return values[std::max<std::size_t>(rank, 1) - 1];
}

TEST(Histogram, APercentileIsNeverBelowTheExactOneAndAtMostATenthOfAPercentAbove) {
  const auto values = random_durations(7, 20'000);
  Histogram histogram;
  for (const std::uint64_t value : values) histogram.record(value);
  for (const double p : {0.001, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1.0}) {
    const std::uint64_t exact = exact_percentile(values, p);
    EXPECT_GE(histogram.percentile(p), exact) << p;
    EXPECT_LE(static_cast<double>(histogram.percentile(p)), static_cast<double>(exact) * 1.001)
        << p;
  }
  EXPECT_EQ(histogram.max(), *std::ranges::max_element(values));
}

TEST(Histogram, EveryMicrosecondBelowTwoThousandIsItself) {
  for (std::uint64_t value = 1; value < 2048; ++value) {
    Histogram histogram;
    histogram.record(value);
    ASSERT_EQ(histogram.percentile(0.5), value);
  }
}

TEST(Histogram, MergingIsAsIfEverythingHadBeenRecordedInOne) {
  Histogram all;
  Histogram parts[3];
  std::size_t i = 0;
  for (const std::uint64_t value : random_durations(11, 5'000)) {
    all.record(value);
    parts[i++ % 3].record(value);
  }
  Histogram merged = parts[2];
  merged.merge(parts[0]);
  merged.merge(parts[1]);
  EXPECT_EQ(merged.to_json(), all.to_json());
  EXPECT_DOUBLE_EQ(merged.mean(), all.mean());
}

TEST(Histogram, ComesBackFromJsonAsItWas) {
  Histogram histogram;
  for (const std::uint64_t value : random_durations(3, 1'000)) histogram.record(value);
  const auto parsed = parse_json(histogram.to_json().dump());
  ASSERT_TRUE(parsed.has_value());
  const auto read = Histogram::from_json(*parsed, "$");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->to_json(), histogram.to_json());
  EXPECT_EQ(read->count(), histogram.count());
  EXPECT_EQ(read->percentile(0.99), histogram.percentile(0.99));
}

TEST(Histogram, RefusesJsonThatIsNoHistogram) {
  for (const char* text :
       {"{}", R"({"buckets":[1],"max_us":1,"sum_us":1})", R"({"buckets":[1,1],"max_us":1})",
        R"({"buckets":["1",1],"max_us":1,"sum_us":1})", "[]"}) {
    EXPECT_FALSE(Histogram::from_json(*parse_json(text), "$").has_value()) << text;
  }
}

TEST(Histogram, AnEmptyOneHasNoLatency) {
  const Histogram empty;
  EXPECT_EQ(empty.count(), 0U);
  EXPECT_EQ(empty.percentile(0.99), 0U);
  EXPECT_EQ(empty.mean(), 0);
}

TEST(Histogram, LongerThanAnHourCountsAsAnHour) {
  Histogram histogram;
  histogram.record(UINT64_MAX / 2);
  EXPECT_EQ(histogram.max(), 3'600'000'000U);
}

}  // namespace
}  // namespace studiosync::load
