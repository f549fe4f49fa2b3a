#include "loadtest/cost.hpp"

#include <algorithm>
#include <charconv>

namespace studiosync::load {
namespace {

// The value of a sample without labels: `NAME VALUE`, at the begin of a line.
std::optional<std::uint64_t> counter(std::string_view text, std::string_view name) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (!line.starts_with(name) || line.size() <= name.size() || line[name.size()] != ' ') continue;
    line.remove_prefix(name.size() + 1);
    double value = 0;
    const auto parsed = std::from_chars(line.data(), line.data() + line.size(), value);
    if (parsed.ec == std::errc() && value >= 0) return static_cast<std::uint64_t>(value);
  }
  return std::nullopt;
}

}  // namespace

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
          .estimated = true};
}

std::optional<Usage> read_usage_counters(std::string_view metrics_text) {
  const auto read = counter(metrics_text, "syncd_store_rows_read_total");
  const auto written = counter(metrics_text, "syncd_store_rows_written_total");
  const auto bytes = counter(metrics_text, "syncd_store_bytes_written_total");
  if (!read || !written || !bytes) return std::nullopt;
  return Usage{.rows_read = *read, .rows_written = *written, .bytes_written = *bytes};
}

Usage between(const Usage& before, const Usage& after) noexcept {
  // A counter that fell belongs to a server that was started anew meanwhile.
  const auto grown = [](std::uint64_t from, std::uint64_t to) {
    return to < from ? to : to - from;
  };
  return {.rows_read = grown(before.rows_read, after.rows_read),
          .rows_written = grown(before.rows_written, after.rows_written),
          .bytes_written = grown(before.bytes_written, after.bytes_written)};
}

}  // namespace studiosync::load
