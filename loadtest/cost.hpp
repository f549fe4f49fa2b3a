// What the measured use would cost on a hosted database, a month and user.
#pragma once

#include <optional>
#include <string_view>

#include "loadtest/results.hpp"

namespace studiosync::load {

// The cost study behind the product assumes a database with these prices: the study's average user
// (20 MB, 65,000 rows read and 3,000 written a month) comes to its totals with them, within 10 %.
struct PriceTable {
  double free_rows_read = 25e9;  // a month, for all users together
  double free_rows_written = 25e6;
  double dollars_per_billion_rows_read = 1.0;
  double dollars_per_million_rows_written = 1.0;
  double dollars_per_gigabyte = 0.5;  // stored for a month
};

// What one user does in a month.
struct MonthlyUse {
  double rows_read = 0;
  double rows_written = 0;
  double bytes_stored = 0;
};

// For all of `users`, who share the free allowance.
double dollars_a_month(const MonthlyUse& each, double users, const PriceTable& prices = {});

// A month has so many hours in which a user is at work: 8 hours on 22 days.
inline constexpr double active_hours = 176;
// As many as the study's largest projection: the free allowance hardly counts then.
inline constexpr double product_users = 100'000;

// As if each of `users` went on for a month's active hours as in the `seconds` of the run, and all
// that was written were kept.
MonthlyUse projected(const Usage& usage, double users, double seconds);

// From what the devices saw: a row written for each acknowledged edit, one read for each that
// arrived.
Usage estimated_usage(const Results& results);

// The server's counters, in the text of its /metrics; nothing where one of the store's is missing.
std::optional<Usage> read_usage_counters(std::string_view metrics_text);
// What was used between two readings.
Usage between(const Usage& before, const Usage& after) noexcept;

}  // namespace studiosync::load
