#include "loadtest/cost.hpp"

#include <algorithm>

#include "loadtest/metrics_text.hpp"

namespace studiosync::load {

double dollars_a_month(const MonthlyUse& each, double users, const PriceTable& prices) {
  const double read = std::max(0.0, each.rows_read * users - prices.free_rows_read);
  const double written = std::max(0.0, each.rows_written * users - prices.free_rows_written);
  return read / 1e9 * prices.dollars_per_billion_rows_read +
         written / 1e6 * prices.dollars_per_million_rows_written +
         each.bytes_stored * users / 1e9 * prices.dollars_per_gigabyte;
}

MonthlyUse projected(const Usage& usage, double users, double seconds) {
  if (users <= 0 || seconds <= 0) return {};
  const double factor = active_hours * 3600 / seconds / users;
  return {.rows_read = static_cast<double>(usage.rows_read) * factor,
          .rows_written = static_cast<double>(usage.rows_written) * factor,
          .bytes_stored = static_cast<double>(usage.bytes_written) * factor};
}

Usage estimated_usage(const Results& results) {
  const Counts counts = results.total();
  return {.rows_read = counts.applied,
          .rows_written = counts.acknowledged,
          .bytes_written = counts.bytes_sent,
          .cpu_seconds = {},
          .estimated = true};
}

std::optional<Usage> read_usage_counters(std::string_view metrics_text) {
  const auto read = metric_value(metrics_text, "syncd_store_rows_read_total");
  const auto written = metric_value(metrics_text, "syncd_store_rows_written_total");
  const auto bytes = metric_value(metrics_text, "syncd_store_bytes_written_total");
  if (!read || !written || !bytes) return std::nullopt;
  return Usage{.rows_read = static_cast<std::uint64_t>(*read),
               .rows_written = static_cast<std::uint64_t>(*written),
               .bytes_written = static_cast<std::uint64_t>(*bytes),
               .cpu_seconds = metric_value(metrics_text, "process_cpu_seconds_total")};
}

Usage between(const Usage& before, const Usage& after) noexcept {
  // A counter that fell belongs to a server that was started anew meanwhile.
  const auto grown = [](auto from, auto to) { return to < from ? to : to - from; };
  std::optional<double> cpu_seconds;
  if (before.cpu_seconds && after.cpu_seconds) {
    cpu_seconds = grown(*before.cpu_seconds, *after.cpu_seconds);
  }
  return {.rows_read = grown(before.rows_read, after.rows_read),
          .rows_written = grown(before.rows_written, after.rows_written),
          .bytes_written = grown(before.bytes_written, after.bytes_written),
          .cpu_seconds = cpu_seconds};
}

}  // namespace studiosync::load
