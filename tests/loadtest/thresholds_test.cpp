#include "loadtest/thresholds.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/loadtest/made_results.hpp"

namespace studiosync::load {
namespace {

Threshold judged(const std::string& text, const Results& results) {
  const auto rule = parse_threshold(text);
  EXPECT_TRUE(rule.has_value()) << text;
  return judge(*rule, results);
}

TEST(Thresholds, ALatencyIsHeldAgainstADuration) {
  const Results results = made_results(10, 100, 150'000);
  EXPECT_TRUE(judged("sync_latency.p95<200ms", results).met);
  EXPECT_FALSE(judged("sync_latency.p95<100ms", results).met);
  EXPECT_FALSE(judged("sync_latency.max < 150ms", results).met);
  EXPECT_TRUE(judged(" sync_latency.p999 <= 1s ", results).met);
  EXPECT_DOUBLE_EQ(judged("sync_latency.mean<1m30s", results).limit, 90e6);
}

TEST(Thresholds, ADurationMayBeBelowAMillisecond) {
  const Results results = made_results(10, 100, 400);
  EXPECT_DOUBLE_EQ(judged("sync_latency.p50<500us", results).limit, 500);
  EXPECT_DOUBLE_EQ(judged("sync_latency.p50<350µs", results).limit, 350);
  EXPECT_DOUBLE_EQ(judged("sync_latency.p50<0.5ms", results).limit, 500);
  EXPECT_DOUBLE_EQ(judged("sync_latency.p50<2.5s", results).limit, 2.5e6);
  EXPECT_TRUE(judged("sync_latency.p50<0.5ms", results).met);
  EXPECT_FALSE(judged("sync_latency.p50<350us", results).met);
}

TEST(Thresholds, NobodyStarvesWhereTheSlowestIsNotFarFromTheMedian) {
  Results results = made_results(1, 1, 1);
  Histogram& first = results.intervals[0].timings[static_cast<std::size_t>(Timing::first_sync)];
  first.record(1'000, 3);
  first.record(2'500);
  EXPECT_NEAR(judged("first_sync.spread<3", results).measured, 2.5, 0.01);
  EXPECT_TRUE(judged("first_sync.spread<3", results).met);
  EXPECT_FALSE(judged("first_sync.spread<=2.4", results).met);
  EXPECT_EQ(measured_text(judged("first_sync.spread < 3", results)), "2.50 times");
}

TEST(Thresholds, ARateIsHeldAgainstAPercentage) {
  Results results = made_results(10, 100, 1000);
  results.intervals[3].counts.errors[ErrorCode::timeout] = 10;  // of 1,000 operations
  results.intervals[4].counts.conflicts = 60;
  EXPECT_FALSE(judged("error_rate<1%", results).met);
  EXPECT_TRUE(judged("error_rate<=1%", results).met);
  EXPECT_DOUBLE_EQ(judged("conflict_rate<5%", results).measured, 0.06);
  EXPECT_FALSE(judged("conflict_rate<5%", results).met);
}

TEST(Thresholds, ThroughputIsAcknowledgedEditsASecond) {
  EXPECT_TRUE(judged("throughput>=100", made_results(10, 100, 1000)).met);
  EXPECT_FALSE(judged("throughput>100.5", made_results(10, 100, 1000)).met);
}

TEST(Thresholds, ThroughputIsMissedByAServerThatCatchesUpAfterwards) {
  Results results = made_results(30, 500, 1000);
  results.late.counts.acknowledged = 15'000;
  EXPECT_FALSE(judged("throughput>=1000", results).met);
  EXPECT_TRUE(judged("throughput>=500", results).met);
}

TEST(Thresholds, RatesOfRecordsAndMemoryAreHeldAgainstNumbers) {
  Results results = made_results(2, 1, 1);
  results.intervals[0].counts.applied = 500;
  results.fill = Fill{.records = 100, .seconds = 4, .samples = {{2, 75}, {4, 100}}};
  results.memory = {{1, 10, 1000}, {2, 20, 2000}, {3, 40, 4000}};
  EXPECT_TRUE(judged("row_rate>=500", results).met);
  EXPECT_TRUE(judged("fill_rate>=25", results).met);
  EXPECT_FALSE(judged("fill_rate_at_end>=25", results).met);
  EXPECT_TRUE(judged("memory_per_device<=100", results).met);
  EXPECT_EQ(measured_text(judged("memory_per_device<=100", results)), "0.1 kB");
  EXPECT_EQ(measured_text(judged("row_rate>=500", results)), "500.0/s");
}

TEST(Thresholds, TheServersOwnCostsAreHeldInTheirUnits) {
  Results results = made_results(2, 100, 1);
  results.usage = Usage{.cpu_seconds = 0.05};
  for (double second = 0; second < 40; ++second) {
    results.memory.push_back({second, 10, second < 30 ? 100U : 103U});
  }
  EXPECT_TRUE(judged("memory_growth<4%", results).met);
  EXPECT_FALSE(judged("memory_growth<3%", results).met);
  EXPECT_EQ(measured_text(judged("memory_growth<3%", results)), "3.00 %");
  EXPECT_TRUE(judged("cpu_per_change<251", results).met);
  EXPECT_EQ(measured_text(judged("cpu_per_change<251", results)), "250 µs");
}

TEST(Thresholds, WhatWasNeverMeasuredIsNotMet) {
  const Results nothing;
  for (const char* text :
       {"sync_latency.p95<2s", "first_sync.max<1h", "error_rate<100%", "conflict_rate<100%",
        "throughput>=0", "connect.p50>0ms", "row_rate>=0", "fill_rate>=0", "fill_rate_at_end>=0",
        "memory_per_device<1", "first_sync.spread<3", "memory_growth<100%", "cpu_per_change<1e9"}) {
    const Threshold threshold = judged(text, nothing);
    EXPECT_FALSE(threshold.met) << text;
    EXPECT_TRUE(std::isnan(threshold.measured)) << text;
    EXPECT_EQ(measured_text(threshold), "nothing was measured") << text;
  }
}

TEST(Thresholds, NothingElseIsUnderstood) {
  for (const char* text : {"",
                           "sync_latency.p95",
                           "sync_latency<2s",
                           "sync_latency.p42<2s",
                           "latency.p95<2s",
                           "sync_latency.p95<2",
                           "sync_latency.p95<-2s",
                           "sync_latency.p95<fast",
                           "error_rate<0.01",
                           "error_rate<1s",
                           "throughput>many",
                           "throughput>1%",
                           "sync_latency.p95=2s",
                           "<2s",
                           "sync_latency.p95<",
                           "sync_latency.p95<-0.5ms",
                           "sync_latency.p95<us",
                           "sync_latency.p95<0.5m",
                           "first_sync.spread<3s",
                           "spread<3"}) {
    const auto rule = parse_threshold(text);
    ASSERT_FALSE(rule.has_value()) << text;
    EXPECT_EQ(rule.error().code, ErrorCode::bad_request) << text;
  }
}

TEST(Thresholds, TheCallersReplaceTheDefaultsOfTheSameMetric) {
  const auto rules = parse_thresholds({"sync_latency.p95<50ms", "sync_latency.p99<90ms"},
                                      {"sync_latency.p95<2s", "error_rate<1%"});
  ASSERT_TRUE(rules.has_value());
  std::vector<std::string> expressions;
  for (const ThresholdRule& rule : *rules) expressions.push_back(rule.expression);
  EXPECT_EQ(expressions, (std::vector<std::string>{"sync_latency.p95<50ms", "sync_latency.p99<90ms",
                                                   "error_rate<1%"}));
}

}  // namespace
}  // namespace studiosync::load
