// Results as JSON. What is written here is read in results_read.cpp.
#include <cmath>

#include "loadtest/results.hpp"

namespace studiosync::load {
namespace {

Json texts(const std::vector<std::string>& values) {
  Json array = Json::array();
  for (const std::string& value : values) array.push_back(value);
  return array;
}

// JSON has no NaN.
Json finite(double value) {
  return std::isfinite(value) ? Json(value) : Json();
}

Json to_json(const Counts& counts) {
  Json errors = Json::object();
  for (const auto& [code, count] : counts.errors) {
    errors.set(std::string(to_string(code)), count);
  }
  return Json::object()
      .set("offered", counts.offered)
      .set("started", counts.started)
      .set("acknowledged", counts.acknowledged)
      .set("applied", counts.applied)
      .set("conflicts", counts.conflicts)
      .set("reconnects", counts.reconnects)
      .set("bytes_sent", counts.bytes_sent)
      .set("bytes_received", counts.bytes_received)
      .set("errors", std::move(errors));
}

Json to_json(const Interval& interval) {
  Json timings = Json::object();
  for (std::size_t i = 0; i < timing_count; ++i) {
    if (interval.timings[i].count() == 0) continue;
    timings.set(std::string(to_string(static_cast<Timing>(i))), interval.timings[i].to_json());
  }
  return Json::object()
      .set("second", std::uint64_t{interval.second})
      .set("counts", to_json(interval.counts))
      .set("timings", std::move(timings))
      .set("live", std::uint64_t{interval.live})
      .set("connecting", std::uint64_t{interval.connecting})
      .set("waiting", std::uint64_t{interval.waiting})
      .set("halted", std::uint64_t{interval.halted});
}

Json to_json(const Late& late) {
  return Json::object().set("counts", to_json(late.counts)).set("rows_until", late.rows_until);
}

// For people and scripts; read back from the intervals.
Json summary_of(const Results& results) {
  Json timings = Json::object();
  for (std::size_t i = 0; i < timing_count; ++i) {
    const auto timing = static_cast<Timing>(i);
    const Histogram all = results.total(timing);
    if (all.count() == 0) continue;
    timings.set(std::string(to_string(timing)), Json::object()
                                                    .set("count", all.count())
                                                    .set("mean_us", all.mean())
                                                    .set("p50_us", all.percentile(0.5))
                                                    .set("p95_us", all.percentile(0.95))
                                                    .set("p99_us", all.percentile(0.99))
                                                    .set("max_us", all.max()));
  }
  Json summary = Json::object()
                     .set("counts", to_json(results.total()))
                     .set("error_rate", results.error_rate())
                     .set("conflict_rate", results.conflict_rate())
                     .set("pushes_per_change", results.pushes_per_change());
  if (const auto cpu = results.cpu_us_per_change()) summary.set("cpu_us_per_change", *cpu);
  return summary.set("timings", std::move(timings));
}

Json to_json(const Verification& verification) {
  return Json::object()
      .set("done", verification.done)
      .set("acknowledged", verification.acknowledged)
      .set("found", verification.found)
      .set("missing", verification.missing)
      .set("different", verification.different)
      .set("devices_apart", verification.devices_apart)
      .set("examples", texts(verification.examples));
}

Json to_json(const SelfCheck& self) {
  return Json::object()
      .set("offered_per_second", self.offered_per_second)
      .set("achieved_per_second", self.achieved_per_second)
      .set("busiest_thread", self.busiest_thread)
      .set("busiest_second", self.busiest_second)
      .set("thread_wait_us", self.thread_wait_us)
      .set("lag_p99_us", self.lag_p99_us)
      .set("valid", self.valid)
      .set("reason", self.reason);
}

Json to_json(const Threshold& threshold) {
  return Json::object()
      .set("expression", threshold.expression)
      .set("measured", finite(threshold.measured))
      .set("limit", threshold.limit)
      .set("met", threshold.met);
}

Json to_json(const Usage& usage) {
  return Json::object()
      .set("rows_read", usage.rows_read)
      .set("rows_written", usage.rows_written)
      .set("bytes_written", usage.bytes_written)
      .set("cpu_seconds", usage.cpu_seconds ? Json(*usage.cpu_seconds) : Json())
      .set("estimated", usage.estimated);
}

Json to_json(const Fill& fill) {
  Json samples = Json::array();
  for (const Fill::Sample& sample : fill.samples) {
    samples.push_back(Json::object().set("seconds", sample.seconds).set("records", sample.records));
  }
  return Json::object()
      .set("records", fill.records)
      .set("seconds", fill.seconds)
      .set("per_second", fill.per_second())
      .set("per_second_at_end", fill.per_second_at_end())
      .set("busiest_second", fill.busiest_second)
      .set("samples", std::move(samples));
}

Json memory_of(const Results& results) {
  Json samples = Json::array();
  for (const MemorySample& sample : results.memory) {
    samples.push_back(Json::object()
                          .set("seconds", sample.seconds)
                          .set("devices", sample.devices)
                          .set("bytes", sample.bytes));
  }
  Json memory = Json::object();
  if (const auto slope = results.memory_per_device()) memory.set("bytes_per_device", *slope);
  if (const auto growth = results.memory_growth()) memory.set("growth", *growth);
  return memory.set("samples", std::move(samples));
}

Json to_json(const Capacity& capacity) {
  Json trials = Json::array();
  for (const Trial& trial : capacity.trials) {
    Json json = Json::object()
                    .set("rate", trial.rate)
                    .set("measured", finite(trial.measured))
                    .set("met", trial.met)
                    .set("valid", trial.valid);
    if (!trial.missed.empty()) json.set("missed", trial.missed);
    trials.push_back(std::move(json));
  }
  return Json::object()
      .set("objective", capacity.objective)
      .set("rate", capacity.rate)
      .set("limited_by", std::string(to_string(capacity.limited_by())))
      .set("trials", std::move(trials));
}

}  // namespace

Json to_json(const Results& results) {
  Json options = Json::object();
  for (const auto& [name, value] : results.options) options.set(name, value);
  Json intervals = Json::array();
  for (const Interval& interval : results.intervals) intervals.push_back(to_json(interval));
  Json thresholds = Json::array();
  for (const Threshold& threshold : results.thresholds) thresholds.push_back(to_json(threshold));
  Json json = Json::object();
  json.set("format", results_format).set("passed", results.passed);
  json.set("scenario", results.scenario).set("target", results.target);
  json.set("options", std::move(options));
  json.set("started_unix_ms", results.started.unix_ms);
  json.set("seconds", std::uint64_t{results.seconds});
  json.set("users", results.users).set("devices", results.devices);
  json.set("summary", summary_of(results)).set("self_check", to_json(results.self));
  json.set("thresholds", std::move(thresholds));
  json.set("verification", to_json(results.verification));
  if (results.fill) json.set("fill", to_json(*results.fill));
  if (!results.memory.empty()) json.set("memory", memory_of(results));
  if (results.usage) json.set("usage", to_json(*results.usage));
  if (results.dollars_per_user_month) {
    json.set("dollars_per_user_month", *results.dollars_per_user_month);
  }
  if (results.capacity) json.set("capacity", to_json(*results.capacity));
  json.set("remarks", texts(results.remarks));
  json.set("interval_seconds", std::uint64_t{results.interval_seconds});
  json.set("intervals", std::move(intervals));
  json.set("late", to_json(results.late));
  return json;
}

}  // namespace studiosync::load
