#include "loadtest/results.hpp"

#include <algorithm>

#include "core/base/check.hpp"

namespace studiosync::load {
namespace {

constexpr std::array<std::string_view, timing_count> timing_names{
    "sync_latency", "propagation", "local_edit", "connect", "pull", "first_sync", "generator_lag"};

// Fewer drown in what else a server's memory does.
constexpr std::uint64_t devices_for_a_slope = 16;
constexpr std::size_t samples_for_a_median = 5;

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
  sum.busiest_second = std::max(sum.busiest_second, other.busiest_second);
  sum.thread_wait_us = std::max(sum.thread_wait_us, other.thread_wait_us);
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

void Late::add(const Late& other) {
  counts.add(other.counts);
  rows_until = std::max(rows_until, other.rows_until);
}

void Verification::add(const Verification& other) {
  done = done && other.done;
  acknowledged += other.acknowledged;
  found += other.found;
  missing += other.missing;
  different += other.different;
  devices_apart += other.devices_apart;
  for (const std::string& example : other.examples) add_example(example);
}

// More than a person reads would be more than a pipe takes.
void Verification::add_example(std::string example) {
  if (examples.size() < examples_max) examples.push_back(std::move(example));
}

double Fill::per_second() const noexcept {
  return seconds > 0 ? static_cast<double>(records) / seconds : 0;
}

double Fill::per_second_at_end() const noexcept {
  const auto late = std::ranges::find_if(
      samples, [this](const Sample& sample) { return sample.records >= records - records / 4; });
  if (late == samples.end() || late->seconds >= seconds) return per_second();
  return static_cast<double>(records - late->records) / (seconds - late->seconds);
}

void Fill::add(const Fill& other) {
  const std::size_t count = std::max(samples.size(), other.samples.size());
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t theirs =
        i < other.samples.size() ? other.samples[i].records : other.records;
    if (i < samples.size()) {
      samples[i].records += theirs;
    } else {
      samples.push_back({other.samples[i].seconds, records + theirs});
    }
  }
  records += other.records;
  seconds = std::max(seconds, other.seconds);
  busiest_second = std::max(busiest_second, other.busiest_second);
}

Counts Results::total() const {
  Counts sum;
  for (const Interval& interval : intervals) sum.add(interval.counts);
  sum.add(late.counts);
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

double Results::pushes_per_change() const {
  const Counts counts = total();
  return share(counts.applied, counts.acknowledged);
}

std::optional<double> Results::cpu_us_per_change() const {
  const std::uint64_t changes = total().acknowledged;
  if (!usage || !usage->cpu_seconds || changes == 0) return std::nullopt;
  return *usage->cpu_seconds * 1e6 / static_cast<double>(changes);
}

double Results::edits_per_second() const {
  std::uint64_t edits = 0;
  for (const Interval& interval : intervals) edits += interval.counts.acknowledged;
  return share(edits, seconds);
}

double Results::rows_per_second() const {
  double until = 0;
  for (const Interval& interval : intervals) {
    if (interval.counts.applied > 0) {
      until = std::min(interval.second + interval_seconds, seconds);
    }
  }
  if (late.counts.applied > 0) until = seconds + late.rows_until;
  return static_cast<double>(total().applied) / std::max(until, 1.0);
}

std::optional<double> Results::memory_per_device() const {
  if (memory.empty()) return std::nullopt;
  const MemorySample all = *std::ranges::max_element(memory, {}, &MemorySample::devices);
  const auto with = [&](double part) {
    const double least = static_cast<double>(all.devices) * part;
    return *std::ranges::find_if(memory, [least](const MemorySample& sample) {
      return static_cast<double>(sample.devices) >= least;
    });
  };
  const auto slope = [](const MemorySample& from, const MemorySample& to) {
    return (static_cast<double>(to.bytes) - static_cast<double>(from.bytes)) /
           static_cast<double>(to.devices - from.devices);
  };
  const MemorySample quarter = with(0.25);
  const MemorySample half = with(0.5);
  if (quarter.devices >= half.devices || half.devices >= all.devices) return std::nullopt;
  if (all.devices - quarter.devices < devices_for_a_slope) return std::nullopt;
  return std::max(slope(quarter, half), slope(half, all));
}

std::optional<double> Results::memory_growth() const {
  const std::size_t quarter = memory.size() / 4;
  if (quarter < samples_for_a_median) return std::nullopt;
  const auto median_from = [&](std::size_t first) {
    std::vector<std::uint64_t> bytes;
    for (std::size_t i = first; i < first + quarter; ++i) bytes.push_back(memory[i].bytes);
    const auto middle = bytes.begin() + static_cast<std::ptrdiff_t>(quarter / 2);
    std::ranges::nth_element(bytes, middle);
    return static_cast<double>(*middle);
  };
  return median_from(memory.size() - quarter) / median_from(quarter) - 1;
}

std::string Results::flaw() const {
  if (!self.valid) return self.reason.empty() ? "the generator was the bottleneck" : self.reason;
  if (!capacity || capacity->limited_by() != CapacityLimit::generator) return {};
  return "the highest rate is the generator's own: more --threads, or more machines";
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
  late.add(other.late);
  started = std::min(started, other.started);
  seconds = std::max(seconds, other.seconds);
  users += other.users;
  devices += other.devices;
  verification.add(other.verification);
  add(self, other.self);
  self.lag_p99_us = total(Timing::generator_lag).percentile(0.99);
  if (fill && other.fill) fill->add(*other.fill);
  // Everybody asked the same server.
  if (memory.size() < other.memory.size()) memory = other.memory;
  if (usage && other.usage) {
    add(*usage, *other.usage);
  } else if (other.usage) {
    usage = other.usage;
  }
  remarks.insert(remarks.end(), other.remarks.begin(), other.remarks.end());
}

}  // namespace studiosync::load
