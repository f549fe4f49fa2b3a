// Results out of JSON.
#include <algorithm>
#include <cmath>

#include "core/protocol/object_reader.hpp"
#include "loadtest/results.hpp"

namespace studiosync::load {
namespace {

double real(const ObjectReader& in, std::string_view key) {
  const Json* value = in.find(key);
  if (value == nullptr || value->is_null()) return std::nan("");
  if (!value->is_number()) {
    in.fail(key, "must be a number");
    return 0;
  }
  return value->as_double();
}

// What earlier results do not have.
double real_or_zero(const ObjectReader& in, std::string_view key) {
  return in.has(key) ? real(in, key) : 0;
}

std::uint32_t small(const ObjectReader& in, std::string_view key) {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(in.number_or(key, 0), UINT32_MAX));
}

std::vector<std::string> texts(const ObjectReader& in, std::string_view key) {
  std::vector<std::string> values;
  if (!in.has(key)) return values;
  const Json::Array* items = in.array(key);
  if (items == nullptr) return values;
  for (std::size_t i = 0; i < items->size(); ++i) {
    if (!(*items)[i].is_string()) {
      in.fail_at(key, i, "must be a text");
    } else {
      values.push_back((*items)[i].as_string());
    }
  }
  return values;
}

Counts read_counts(const ObjectReader& in) {
  Counts counts;
  counts.offered = in.number("offered");
  counts.started = in.number("started");
  counts.acknowledged = in.number("acknowledged");
  counts.applied = in.number("applied");
  counts.conflicts = in.number("conflicts");
  counts.reconnects = in.number("reconnects");
  counts.bytes_sent = in.number("bytes_sent");
  counts.bytes_received = in.number("bytes_received");
  const Json* errors = in.find("errors");
  if (errors == nullptr || !errors->is_object()) return counts;
  for (const auto& [name, count] : errors->members()) {
    if (count.is_integer()) counts.errors[error_code_from(name)] += count.as_uint();
  }
  return counts;
}

Interval read_interval(const ObjectReader& in, std::optional<Error>& error) {
  Interval interval;
  interval.second = small(in, "second");
  interval.counts = read_counts(in.object("counts"));
  const ObjectReader timings = in.object("timings");
  for (std::size_t i = 0; i < timing_count; ++i) {
    const std::string_view name = to_string(static_cast<Timing>(i));
    const Json* json = timings.find(name);
    if (json == nullptr) continue;
    auto histogram = Histogram::from_json(*json, "$.intervals.timings." + std::string(name));
    if (histogram) {
      interval.timings[i] = std::move(*histogram);
    } else if (!error) {
      error = histogram.error();
    }
  }
  interval.live = small(in, "live");
  interval.connecting = small(in, "connecting");
  interval.waiting = small(in, "waiting");
  interval.halted = small(in, "halted");
  return interval;
}

Late read_late(const ObjectReader& in) {
  return {.counts = read_counts(in.object("counts")), .rows_until = real(in, "rows_until")};
}

Verification read_verification(const ObjectReader& in) {
  Verification verification;
  verification.done = in.flag("done");
  verification.acknowledged = in.number("acknowledged");
  verification.found = in.number("found");
  verification.missing = in.number("missing");
  verification.different = in.number("different");
  verification.devices_apart = in.number("devices_apart");
  verification.examples = texts(in, "examples");
  return verification;
}

SelfCheck read_self_check(const ObjectReader& in) {
  SelfCheck self;
  self.offered_per_second = real(in, "offered_per_second");
  self.achieved_per_second = real(in, "achieved_per_second");
  self.busiest_thread = real(in, "busiest_thread");
  self.busiest_second = real_or_zero(in, "busiest_second");
  self.thread_wait_us = real_or_zero(in, "thread_wait_us");
  self.lag_p99_us = in.number("lag_p99_us");
  self.valid = in.flag("valid");
  self.reason = in.text_or_empty("reason");
  return self;
}

Usage read_usage(const ObjectReader& in) {
  Usage usage{.rows_read = in.number("rows_read"),
              .rows_written = in.number("rows_written"),
              .bytes_written = in.number("bytes_written"),
              .cpu_seconds = {},
              .estimated = in.flag("estimated")};
  if (const double cpu = real(in, "cpu_seconds"); !std::isnan(cpu)) usage.cpu_seconds = cpu;
  return usage;
}

Threshold read_threshold(const ObjectReader& in) {
  return {.expression = in.text("expression"),
          .measured = real(in, "measured"),
          .limit = real(in, "limit"),
          .met = in.flag("met")};
}

Fill read_fill(const ObjectReader& in) {
  Fill fill{.records = in.number("records"),
            .seconds = real(in, "seconds"),
            .samples = {},
            .busiest_second = real_or_zero(in, "busiest_second")};
  in.each("samples", [&](const ObjectReader& sample) {
    fill.samples.push_back(
        {.seconds = real(sample, "seconds"), .records = sample.number("records")});
  });
  return fill;
}

Capacity read_capacity(const ObjectReader& in) {
  Capacity capacity{.objective = in.text("objective"), .rate = real(in, "rate"), .trials = {}};
  in.each("trials", [&](const ObjectReader& trial) {
    capacity.trials.push_back({.rate = real(trial, "rate"),
                               .measured = real(trial, "measured"),
                               .met = trial.flag("met"),
                               .valid = trial.flag("valid"),
                               .missed = trial.text_or_empty("missed")});
  });
  return capacity;
}

void read_options(const ObjectReader& in, Results& results) {
  const Json* options = in.find("options");
  if (options == nullptr || !options->is_object()) return;
  for (const auto& [name, value] : options->members()) {
    if (value.is_string()) results.options[name] = value.as_string();
  }
}

void read_head(const ObjectReader& in, Results& results) {
  if (in.number("format") != results_format) in.fail("format", "is not known");
  results.scenario = in.text("scenario");
  results.target = in.text("target");
  read_options(in, results);
  results.started.unix_ms = static_cast<std::int64_t>(in.number("started_unix_ms"));
  results.seconds = small(in, "seconds");
  results.users = in.number("users");
  results.devices = in.number("devices");
  results.interval_seconds = std::max(1U, small(in, "interval_seconds"));
  results.remarks = texts(in, "remarks");
  results.passed = in.flag("passed");
}

}  // namespace

Result<Results> results_from_json(const Json& json) {
  std::optional<Error> error;
  const ObjectReader in(json, "$", error);
  Results results;
  read_head(in, results);
  in.each("intervals", [&](const ObjectReader& interval) {
    results.intervals.push_back(read_interval(interval, error));
  });
  if (in.has("late")) results.late = read_late(in.object("late"));
  in.each("thresholds", [&](const ObjectReader& threshold) {
    results.thresholds.push_back(read_threshold(threshold));
  });
  results.verification = read_verification(in.object("verification"));
  results.self = read_self_check(in.object("self_check"));
  if (in.has("fill")) results.fill = read_fill(in.object("fill"));
  if (in.has("memory")) {
    in.object("memory").each("samples", [&](const ObjectReader& sample) {
      results.memory.push_back(
          {real(sample, "seconds"), sample.number("devices"), sample.number("bytes")});
    });
  }
  if (in.has("usage")) results.usage = read_usage(in.object("usage"));
  if (in.has("dollars_per_user_month")) {
    results.dollars_per_user_month = real(in, "dollars_per_user_month");
  }
  if (in.has("capacity")) results.capacity = read_capacity(in.object("capacity"));
  if (error) return Unexpected(std::move(*error));
  return results;
}

}  // namespace studiosync::load
