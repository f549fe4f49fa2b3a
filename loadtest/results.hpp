// What a load run found: the one value behind the live view, the JSON, the page, the thresholds and
// `compare`. Histograms merge, so runs of several threads or processes add up exactly.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/time.hpp"
#include "loadtest/capacity.hpp"
#include "loadtest/histogram.hpp"

namespace studiosync::load {

// What is timed. Open-loop ones count from the intended start, so a stalled server is charged for
// the wait of everybody who would have come.
enum class Timing : std::uint8_t {
  sync_latency,   // an edit's intended start → acknowledged, durable on the server
  propagation,    // an edit's intended start → applied on another device of the user
  local_edit,     // the call alone
  connect,        // intended start → welcomed
  pull,           // a page asked for → applied
  first_sync,     // a new device's intended start → everything applied
  generator_lag,  // intended start → the generator got to it: its own fault, never the server's
};
inline constexpr std::size_t timing_count = 7;
std::string_view to_string(Timing timing) noexcept;
std::optional<Timing> parse_timing(std::string_view name) noexcept;

struct Counts {
  std::uint64_t offered = 0;  // operations that the schedule asked for
  std::uint64_t started = 0;
  std::uint64_t acknowledged = 0;
  std::uint64_t applied = 0;  // rows that arrived on other devices
  std::uint64_t conflicts = 0;
  std::uint64_t reconnects = 0;
  std::uint64_t bytes_sent = 0;
  std::uint64_t bytes_received = 0;
  std::map<ErrorCode, std::uint64_t> errors;  // by category; a retry that succeeds counts here too
  std::uint64_t all_errors() const;
  void add(const Counts& other);
};

// A stretch of the run, `Results::interval_seconds` long; the last one ends with the measured time.
// Counts lie where they happened, timings where the operation was meant to start.
struct Interval {
  std::uint32_t second = 0;  // of its begin, after the measurement's start
  Counts counts;
  std::array<Histogram, timing_count> timings;
  std::uint32_t live = 0;  // devices by the state of their link, at the end
  std::uint32_t connecting = 0;
  std::uint32_t waiting = 0;
  std::uint32_t halted = 0;
};

// What happened after the measured time, while the run came to rest. It is part of all totals, and
// of no rate within the measured time: a server that is behind has not kept up by catching up
// later.
struct Late {
  Counts counts;
  double rows_until = 0;  // seconds after the measured time at which the last row came; 0: none did
  void add(const Late& other);
};

// What a full read-back at the end found. All zero but `acknowledged` and `found`: nothing is lost.
struct Verification {
  bool done = false;
  std::uint64_t acknowledged = 0;  // records that the server promised to keep
  std::uint64_t found = 0;
  std::uint64_t missing = 0;
  std::uint64_t different = 0;
  std::uint64_t devices_apart = 0;    // devices whose digest is not the server's
  std::vector<std::string> examples;  // some of what is not as it should be
  static constexpr std::size_t examples_max = 20;
  void add(const Verification& other);
  void add_example(std::string example);
  bool lossless() const noexcept { return missing + different + devices_apart == 0; }
};

// The generator about itself.
struct SelfCheck {
  double offered_per_second = 0;
  double achieved_per_second = 0;
  double busiest_thread = 0;  // share of the measured time on a processor, 0 to 1
  double busiest_second = 0;  // the same of a thread's busiest second, until all had its answer
  double thread_wait_us = 0;  // for a processor, each time that it had something to do; on average
  std::uint64_t lag_p99_us = 0;
  bool valid = true;
  std::string reason;  // why not
};

// What the run cost the server, which a hosted database puts on the bill.
struct Usage {
  std::uint64_t rows_read = 0;
  std::uint64_t rows_written = 0;
  std::uint64_t bytes_written = 0;    // of content
  std::optional<double> cpu_seconds;  // of all its threads; nothing where it does not tell
  bool estimated = false;  // from what the devices saw; else by the server's own counters
};

struct Threshold {
  std::string expression;  // as given: `sync_latency.p95<2s`
  double measured = 0;  // microseconds, a share or a rate, as the limit; NaN: nothing was measured
  double limit = 0;
  bool met = false;
};

// How the users' records came to the server before the measurement began.
struct Fill {
  // What was acknowledged so long after the begin; rising.
  struct Sample {
    double seconds = 0;
    std::uint64_t records = 0;
  };
  std::uint64_t records = 0;
  double seconds = 0;
  std::vector<Sample> samples;  // about one a second; the last one is the end
  double busiest_second = 0;    // a thread of the generator's share of it on a processor
  double per_second() const noexcept;
  // Of the last quarter of the records: whether the pace was held to the end.
  double per_second_at_end() const noexcept;
  // As if both had been filled at once by one generator.
  void add(const Fill& other);
};

// The server's memory, so long after the measurement's begin and with so many devices connected.
struct MemorySample {
  double seconds = 0;
  std::uint64_t devices = 0;
  std::uint64_t bytes = 0;
};

struct Results {
  std::string scenario;
  std::string target;
  std::map<std::string, std::string> options;  // everything that shaped the run
  WallTime started;
  std::uint32_t seconds = 0;  // measured, without ramp and verification
  std::uint64_t users = 0;
  std::uint64_t devices = 0;
  std::uint32_t interval_seconds = 1;
  std::optional<Fill> fill;
  std::vector<MemorySample> memory;  // about one a second, where the server tells
  std::vector<Interval> intervals;
  Late late;
  Verification verification;
  SelfCheck self;
  std::vector<Threshold> thresholds;
  std::optional<Usage> usage;
  std::optional<double> dollars_per_user_month;
  std::optional<Capacity> capacity;  // of --find-max
  std::vector<std::string> remarks;  // what a reader must know: limits of the machine that were hit
  bool passed = false;               // thresholds met, nothing lost, and the generator kept up

  Counts total() const;
  Histogram total(Timing timing) const;
  double error_rate() const;     // errors, of the operations that were started
  double conflict_rate() const;  // conflicts, of the acknowledged edits
  // Rows that arrived on other devices, for each acknowledged edit.
  double pushes_per_change() const;
  // The server's time on the processors for an acknowledged edit and its pushes; nothing where the
  // server does not tell.
  std::optional<double> cpu_us_per_change() const;
  // Acknowledged within the measured time, by that time.
  double edits_per_second() const;
  // All rows that arrived on other devices, by the time from the begin until the last one did,
  // within the measured time or after it: by the end of its interval, and exactly. What paused is
  // charged for the pause.
  double rows_per_second() const;
  // Bytes that a further device costs the server, while they come: the steeper of the slopes from a
  // quarter to half of the devices, and from there to all. Nothing where the devices hardly grew in
  // number.
  std::optional<double> memory_per_device() const;
  // How much more memory the server had in the last quarter of the samples than in the second one,
  // by their medians, as a share of the latter: 0 where it is flat. Nothing of too few samples.
  std::optional<double> memory_growth() const;
  // Why this says nothing about the server; empty: it does.
  std::string flaw() const;
  // Adds the intervals of another part of the same run, which must be of the same length.
  void add_intervals(const std::vector<Interval>& others);
  // As if one generator had made both: intervals of the same second are added. Thresholds, cost and
  // `passed` are to be judged anew.
  void merge(const Results& other);
};

// Of the JSON; another one is not understood.
inline constexpr std::uint64_t results_format = 1;
Json to_json(const Results& results);
Result<Results> results_from_json(const Json& json);

}  // namespace studiosync::load
