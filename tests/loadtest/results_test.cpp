#include "loadtest/results.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/loadtest/made_results.hpp"

namespace studiosync::load {
namespace {

Results everything() {
  Results results = made_results(3, 20, 700);
  results.intervals[1].counts.errors = {{ErrorCode::timeout, 2}, {ErrorCode::rate_limited, 1}};
  results.intervals[1].counts.conflicts = 1;
  results.intervals[1].counts.bytes_sent = 12'345;
  results.intervals[2].halted = 1;
  results.late.counts.applied = 4;
  results.late.counts.errors = {{ErrorCode::timeout, 3}};
  results.late.rows_until = 0.25;
  results.verification = {.done = true,
                          .acknowledged = 9,
                          .found = 7,
                          .missing = 1,
                          .different = 1,
                          .devices_apart = 2,
                          .examples = {"saved_query x is missing"}};
  results.self = {.offered_per_second = 20,
                  .achieved_per_second = 19.5,
                  .busiest_thread = 0.25,
                  .busiest_second = 0.75,
                  .thread_wait_us = 12.5,
                  .lag_p99_us = 100,
                  .valid = false,
                  .reason = "late"};
  results.thresholds = {{"error_rate<1%", 0.05, 0.01, false},
                        {"first_sync.p95<2s", std::nan(""), 2e6, false}};
  results.usage = Usage{.rows_read = 1,
                        .rows_written = 2,
                        .bytes_written = 3,
                        .cpu_seconds = 0.25,
                        .estimated = true};
  results.dollars_per_user_month = 0.5;
  results.capacity = Capacity{.objective = "sync_latency.p95<1s",
                              .rate = 100,
                              .trials = {{.rate = 100, .measured = 5, .met = true},
                                         {.rate = 104, .measured = 6, .missed = "x<1%"}}};
  results.remarks = {"a remark"};
  results.fill =
      Fill{.records = 30, .seconds = 2, .samples = {{1, 20}, {2, 30}}, .busiest_second = 0.5};
  results.memory = {{1, 10, 5000}, {2, 20, 6000}, {3, 40, 9000}};
  return results;
}

TEST(Results, ComeBackFromJsonAsTheyWere) {
  const std::string text = to_json(everything()).dump();
  const auto json = parse_json(text);
  ASSERT_TRUE(json.has_value());
  const auto read = results_from_json(*json);
  ASSERT_TRUE(read.has_value()) << read.error().message << read.error().path;
  EXPECT_EQ(to_json(*read).dump(), text);
  EXPECT_TRUE(std::isnan(read->thresholds[1].measured));
}

TEST(Results, RefuseJsonThatIsNoResultAndSayWhere) {
  for (const char* text : {"{}", "[]", R"({"format":2})", R"({"format":1,"scenario":"steady"})"}) {
    EXPECT_FALSE(results_from_json(*parse_json(text)).has_value()) << text;
  }
  Json json = to_json(everything());
  json.find("intervals")->items()[1].find("counts")->set("offered", "many");
  const auto read = results_from_json(json);
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().path, "$.intervals[1].counts.offered");
}

TEST(Results, OfTwoGeneratorsAddUpSecondBySecond) {
  Results merged = made_results(3, 20, 700);
  merged.merge(made_results(2, 5, 9000));
  ASSERT_EQ(merged.intervals.size(), 3U);
  EXPECT_EQ(merged.intervals[0].counts.acknowledged, 25U);
  EXPECT_EQ(merged.intervals[2].counts.acknowledged, 20U);
  EXPECT_EQ(merged.intervals[0].live, 40U);
  EXPECT_EQ(merged.users, 20U);
  EXPECT_EQ(merged.devices, 40U);
  EXPECT_EQ(merged.total().acknowledged, 70U);
  const Histogram latency = merged.total(Timing::sync_latency);
  EXPECT_EQ(latency.count(), 70U);
  EXPECT_EQ(latency.percentile(60.0 / 70), 700U);
  EXPECT_GE(latency.percentile(0.99), 9000U);
}

TEST(Results, MergedOnesAreOnlyAsGoodAsTheWorst) {
  Results merged = made_results(1, 10, 700);
  merged.merge(everything());
  EXPECT_FALSE(merged.self.valid);
  EXPECT_EQ(merged.self.reason, "late");
  EXPECT_DOUBLE_EQ(merged.self.busiest_second, 0.75);
  EXPECT_DOUBLE_EQ(merged.self.thread_wait_us, 12.5);
  EXPECT_EQ(merged.verification.missing, 1U);
  EXPECT_FALSE(merged.verification.lossless());
  Results unverified = made_results(1, 10, 700);
  unverified.verification.done = false;
  merged = made_results(1, 10, 700);
  merged.merge(unverified);
  EXPECT_FALSE(merged.verification.done);
}

TEST(Results, OfManyLossesSomeAreExamples) {
  Verification sum{.done = true};
  for (int user = 0; user < 500; ++user) {
    sum.add({.done = true, .missing = 5, .examples = {"a", "b", "c", "d", "e"}});
    sum.add_example("apart");
  }
  EXPECT_EQ(sum.missing, 2'500U);
  EXPECT_EQ(sum.examples.size(), Verification::examples_max);
}

TEST(Results, CountersOfTheServerAreNotCountedTwice) {
  Results one = made_results(1, 10, 700);
  one.usage = Usage{.rows_read = 100, .rows_written = 50};
  Results other = one;
  other.usage->rows_written = 60;  // read a moment later
  one.merge(other);
  EXPECT_EQ(one.usage->rows_written, 60U);
  one.usage->estimated = other.usage->estimated = true;
  one.merge(other);
  EXPECT_EQ(one.usage->rows_written, 120U);
}

TEST(Fill, TellsWhetherThePaceWasHeldToTheEnd) {
  const Fill fill{.records = 100, .seconds = 10, .samples = {{1, 50}, {2, 75}, {6, 90}, {10, 100}}};
  EXPECT_DOUBLE_EQ(fill.per_second(), 10);
  EXPECT_DOUBLE_EQ(fill.per_second_at_end(), 25.0 / 8);
  const Fill at_once{.records = 5, .seconds = 2, .samples = {{2, 5}}};
  EXPECT_DOUBLE_EQ(at_once.per_second_at_end(), 2.5);
}

TEST(Fill, OfSeveralGeneratorsAddsUpSecondBySecond) {
  Fill sum{.records = 10, .seconds = 2, .samples = {{1, 4}, {2, 10}}};
  sum.add(
      {.records = 30, .seconds = 3, .samples = {{1, 10}, {2, 20}, {3, 30}}, .busiest_second = 0.4});
  EXPECT_DOUBLE_EQ(sum.busiest_second, 0.4);
  EXPECT_EQ(sum.records, 40U);
  EXPECT_DOUBLE_EQ(sum.seconds, 3);
  ASSERT_EQ(sum.samples.size(), 3U);
  EXPECT_EQ(sum.samples[0].records, 14U);
  EXPECT_EQ(sum.samples[1].records, 30U);
  EXPECT_EQ(sum.samples[2].records, 40U);
}

TEST(Results, RowsASecondAreThoseOfTheTimeUntilTheLastOneCame) {
  Results results = made_results(4, 1, 1);
  results.intervals[0].counts.applied = 300;
  results.intervals[1].counts.applied = 100;
  EXPECT_DOUBLE_EQ(results.rows_per_second(), 200);
  // A pause between them is the server's.
  std::swap(results.intervals[1], results.intervals[2]);
  results.intervals[2].second = 2;
  EXPECT_DOUBLE_EQ(results.rows_per_second(), 400.0 / 3);
}

TEST(Results, RowsThatComeAfterTheMeasuredTimeTakeTheirTime) {
  // 40,000 a second, twenty seconds longer than was measured.
  Results results = made_results(5, 0, 1);
  for (Interval& interval : results.intervals) interval.counts.applied = 40'000;
  results.late = {.counts = {.applied = 800'000}, .rows_until = 20};
  EXPECT_DOUBLE_EQ(results.rows_per_second(), 40'000);
  Results merged = made_results(5, 0, 1);
  merged.merge(results);
  EXPECT_DOUBLE_EQ(merged.rows_per_second(), 40'000);
}

TEST(Results, EditsThatAreAcknowledgedAfterTheMeasuredTimeAreNoThroughput) {
  // Half of what was asked for is done in time, the other half while the run settles.
  Results results = made_results(30, 500, 700);
  results.late.counts.acknowledged = 15'000;
  EXPECT_DOUBLE_EQ(results.edits_per_second(), 500);
  EXPECT_EQ(results.total().acknowledged, 30'000U);
  results.usage = Usage{.cpu_seconds = 30};
  EXPECT_NEAR(results.cpu_us_per_change().value(), 1000, 1e-9);
}

TEST(Results, LateErrorsAreErrorsAsWell) {
  Results results = made_results(10, 10, 700);
  results.late.counts.errors[ErrorCode::timeout] = 5;
  EXPECT_DOUBLE_EQ(results.error_rate(), 0.05);
}

TEST(Results, OfAnEarlierFileHaveNothingLate) {
  const std::string text = to_json(everything()).dump();
  const std::size_t late = text.find(R"(,"late":)");
  ASSERT_NE(late, std::string::npos);
  const auto read = results_from_json(*parse_json(text.substr(0, late) + "}"));
  ASSERT_TRUE(read.has_value()) << read.error().message << read.error().path;
  EXPECT_EQ(read->late.counts.applied, 0U);
}

TEST(Results, TheServersTimeIsSharedByTheAcknowledgedEdits) {
  Results results = made_results(2, 100, 700);
  EXPECT_FALSE(results.cpu_us_per_change().has_value());
  results.usage = Usage{.cpu_seconds = 0.05};
  EXPECT_NEAR(results.cpu_us_per_change().value(), 250, 1e-9);
  results.intervals[0].counts.applied = 300;
  EXPECT_DOUBLE_EQ(results.pushes_per_change(), 1.5);
  EXPECT_FALSE(Results{}.cpu_us_per_change().has_value());
}

TEST(Results, MemoryGrowsWhereItIsMoreAtTheEndThanOnceTheServerWasWarm) {
  Results results;
  for (std::uint64_t second = 0; second < 40; ++second) {
    const std::uint64_t warm = second < 10 ? 50 : 100;
    results.memory.push_back({static_cast<double>(second), 10, warm + (second >= 30 ? 7 : 0)});
  }
  results.memory[35].bytes = 1000;  // a moment's need is no growth
  EXPECT_NEAR(results.memory_growth().value(), 0.07, 1e-9);
  results.memory.resize(19);
  EXPECT_FALSE(results.memory_growth().has_value());
}

TEST(Results, MemoryOfADeviceIsTheSteeperSlope) {
  Results results;
  EXPECT_EQ(results.memory_per_device(), std::nullopt);
  results.memory = {{1, 10, 1000}, {2, 25, 2500}, {3, 50, 5000}, {4, 100, 15'000}};
  EXPECT_DOUBLE_EQ(results.memory_per_device().value(), 200);
  results.memory = {{1, 100, 1000}, {2, 100, 9000}};
  EXPECT_EQ(results.memory_per_device(), std::nullopt);
  results.memory = {{1, 1, 1000}, {2, 3, 9000}, {3, 5, 20'000}};
  EXPECT_EQ(results.memory_per_device(), std::nullopt);
}

}  // namespace
}  // namespace studiosync::load
