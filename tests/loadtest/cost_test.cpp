#include "loadtest/cost.hpp"

#include <gtest/gtest.h>

#include "tests/loadtest/made_results.hpp"

namespace studiosync::load {
namespace {

// The average user of the cost study.
constexpr MonthlyUse average{.rows_read = 65'000, .rows_written = 3'000, .bytes_stored = 20e6};

TEST(Cost, TheStudysAverageUserComesToTheStudysTotals) {
  for (const auto& [users, dollars] :
       {std::pair{100.0, 0.97}, {1'000.0, 10.38}, {10'000.0, 112.04}, {100'000.0, 1348.64}}) {
    EXPECT_NEAR(dollars_a_month(average, users), dollars, dollars * 0.1) << users;
  }
}

TEST(Cost, WithinTheAllowanceOnlyStorageCosts) {
  EXPECT_EQ(dollars_a_month({.rows_read = 1e6, .rows_written = 1e4, .bytes_stored = 0}, 1000), 0);
}

TEST(Cost, ARunIsProjectedToAMonthOfWork) {
  const Usage usage{.rows_read = 600, .rows_written = 300, .bytes_written = 3000};
  const MonthlyUse each = projected(usage, 10, 60);
  EXPECT_DOUBLE_EQ(each.rows_read, 60.0 / 60 * active_hours * 3600);
  EXPECT_DOUBLE_EQ(each.rows_written, 30.0 / 60 * active_hours * 3600);
  EXPECT_DOUBLE_EQ(each.bytes_stored, 300.0 / 60 * active_hours * 3600);
}

TEST(Cost, TheServersCountersAreReadFromItsMetrics) {
  const auto usage = read_usage_counters(
      "# HELP syncd_store_rows_read_total Rows read\n"
      "syncd_store_rows_read_total 1200\n"
      "syncd_store_rows_written_total_other 7\n"
      "syncd_store_rows_written_total 34\n"
      "syncd_store_bytes_written_total 5.6e+03");
  ASSERT_TRUE(usage.has_value());
  EXPECT_EQ(usage->rows_read, 1200U);
  EXPECT_EQ(usage->rows_written, 34U);
  EXPECT_EQ(usage->bytes_written, 5600U);
  EXPECT_FALSE(usage->cpu_seconds.has_value());
  EXPECT_FALSE(read_usage_counters("syncd_store_rows_read_total 1\n").has_value());
}

TEST(Cost, TheServersTimeIsThatBetweenTwoReadings) {
  const std::string counters =
      "syncd_store_rows_read_total 1\nsyncd_store_rows_written_total 2\n"
      "syncd_store_bytes_written_total 3\n";
  const auto before = read_usage_counters(counters + "process_cpu_seconds_total 1.25\n");
  const auto after = read_usage_counters(counters + "process_cpu_seconds_total 1.5\n");
  ASSERT_TRUE(before.has_value() && after.has_value());
  EXPECT_DOUBLE_EQ(between(*before, *after).cpu_seconds.value(), 0.25);
  EXPECT_FALSE(between(*before, Usage{}).cpu_seconds.has_value());
}

TEST(Cost, ACounterThatFellIsAnotherServerStarts) {
  const Usage used =
      between({.rows_read = 10, .rows_written = 100}, {.rows_read = 15, .rows_written = 7});
  EXPECT_EQ(used.rows_read, 5U);
  EXPECT_EQ(used.rows_written, 7U);
}

}  // namespace
}  // namespace studiosync::load
