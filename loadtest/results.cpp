#include "loadtest/results.hpp"

#include <algorithm>

#include "core/base/check.hpp"

namespace studiosync::load {
namespace {

constexpr std::array<std::string_view, timing_count> timing_names{
    "sync_latency", "propagation", "local_edit", "connect", "pull", "first_sync", "generator_lag"};

double share(std::uint64_t part, std::uint64_t whole) {
  return static_cast<double>(part) / static_cast<double>(std::max<std::uint64_t>(whole, 1));
}

void add(Interval& sum, const Interval& other) {
  sum.counts.add(other.counts);
  for (std::size_t i = 0; i < timing_count; ++i) sum.timings[i].merge(other.timings[i]);
  sum.live += other.live;
  sum.connecting += other.connecting;
  sum.waiting += other.waiting;
  sum.halted += other.halted;
}

// Lags merge as histograms: the caller takes their percentile from there.
void add(SelfCheck& sum, const SelfCheck& other) {
  sum.offered_per_second += other.offered_per_second;
  sum.achieved_per_second += other.achieved_per_second;
  sum.busiest_thread = std::max(sum.busiest_thread, other.busiest_thread);
  sum.valid = sum.valid && other.valid;
  if (sum.reason.empty()) sum.reason = other.reason;
}

// Counters of the server are those of all generators, whoever reads them.
void add(Usage& sum, const Usage& other) {
  if (sum.estimated && other.estimated) {
    sum.rows_read += other.rows_read;
    sum.rows_written += other.rows_written;
    sum.bytes_written += other.bytes_written;
  } else if (sum.estimated || other.rows_written > sum.rows_written) {
    sum = other;
  }
}

}  // namespace

std::string_view to_string(Timing timing) noexcept {
  return timing_names[static_cast<std::size_t>(timing)];
}

std::optional<Timing> parse_timing(std::string_view name) noexcept {
  const auto found = std::ranges::find(timing_names, name);
  if (found == timing_names.end()) return std::nullopt;
  return static_cast<Timing>(found - timing_names.begin());
}

void Counts::add(const Counts& other) {
  offered += other.offered;
  started += other.started;
  acknowledged += other.acknowledged;
  applied += other.applied;
  conflicts += other.conflicts;
  reconnects += other.reconnects;
  bytes_sent += other.bytes_sent;
  bytes_received += other.bytes_received;
  for (const auto& [code, count] : other.errors) errors[code] += count;
}

std::uint64_t Counts::all_errors() const {
  std::uint64_t sum = 0;
  for (const auto& [code, count] : errors) sum += count;
  return sum;
}

void Verification::add(const Verification& other) {
  done = done && other.done;
  acknowledged += other.acknowledged;
  found += other.found;
  missing += other.missing;
  different += other.different;
  devices_apart += other.devices_apart;
  examples.insert(examples.end(), other.examples.begin(), other.examples.end());
}

Counts Results::total() const {
  Counts sum;
  for (const Interval& interval : intervals) sum.add(interval.counts);
  return sum;
}

Histogram Results::total(Timing timing) const {
  Histogram sum;
  for (const Interval& interval : intervals) {
    sum.merge(interval.timings[static_cast<std::size_t>(timing)]);
  }
  return sum;
}

double Results::error_rate() const {
  const Counts counts = total();
  return share(counts.all_errors(), counts.started);
}

double Results::conflict_rate() const {
  const Counts counts = total();
  return share(counts.conflicts, counts.acknowledged);
}

void Results::add_intervals(const std::vector<Interval>& others) {
  const std::size_t known = std::min(intervals.size(), others.size());
  for (std::size_t i = 0; i < known; ++i) add(intervals[i], others[i]);
  intervals.insert(intervals.end(), others.begin() + static_cast<std::ptrdiff_t>(known),
                   others.end());
}

void Results::merge(const Results& other) {
  SS_CHECK(interval_seconds == other.interval_seconds);
  add_intervals(other.intervals);
  started = std::min(started, other.started);
  seconds = std::max(seconds, other.seconds);
  users += other.users;
  devices += other.devices;
  verification.add(other.verification);
  add(self, other.self);
  self.lag_p99_us = total(Timing::generator_lag).percentile(0.99);
  if (usage && other.usage) {
    add(*usage, *other.usage);
  } else if (other.usage) {
    usage = other.usage;
  }
  remarks.insert(remarks.end(), other.remarks.begin(), other.remarks.end());
}

}  // namespace studiosync::load
