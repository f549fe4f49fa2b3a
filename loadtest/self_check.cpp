#include "loadtest/self_check.hpp"

#include <algorithm>
#include <cstdio>
#include <optional>

namespace studiosync::load {
namespace {

// The shortest that operations of the run are timed by: nobody knows which of them were late.
double latency(const Results& results, double share) {
  std::optional<std::uint64_t> shortest;
  for (const Timing timing : {Timing::sync_latency, Timing::connect, Timing::first_sync}) {
    const Histogram all = results.total(timing);
    if (all.count() == 0) continue;
    shortest = std::min(shortest.value_or(UINT64_MAX), all.percentile(share));
  }
  return static_cast<double>(shortest.value_or(0));
}

// Of a latency, what the generator took; 0 where that is too little to be its fault.
double distortion(double lag_us, double latency_us) {
  return lag_us > lag_us_max ? lag_us / std::max(latency_us, lag_us_max) : 0;
}

template <class... Values>
std::string text(const char* format, Values... values) {
  char line[240];
  std::snprintf(line, sizeof line, format, values...);
  return line;
}

// Empty: nothing is wrong.
std::string complaint(const SelfCheck& self, const Results& results) {
  if (self.achieved_per_second < self.offered_per_second * achieved_share_min) {
    return text("only %.1f of %.1f operations a second were started", self.achieved_per_second,
                self.offered_per_second);
  }
  if (const double busy = std::max(self.busiest_thread, self.busiest_second);
      busy > busy_share_max) {
    return text(
        "a thread of the generator ran, or waited for a processor, %.0f %% of its busiest second",
        busy * 100);
  }
  const auto lag_us = static_cast<double>(self.lag_p99_us);
  const double late = distortion(lag_us, latency(results, 0.99));
  if (late > lag_share_max) {
    return text("operations started %.1f ms late (p99), which is %.0f %% of the latency measured",
                lag_us / 1000, late * 100);
  }
  const double waited = distortion(self.thread_wait_us, latency(results, 0.5));
  if (waited > lag_share_max) {
    return text(
        "a thread of the generator waited %.1f ms for a processor each time (mean), which is "
        "%.0f %% of the latency measured (p50)",
        self.thread_wait_us / 1000, waited * 100);
  }
  return {};
}

constexpr const char* advice =
    ": more --threads, `syncload workers`, a smaller --rate, or a machine with less else to do";

}  // namespace

void ThreadUse::raise(const ThreadUse& other) {
  busy = std::max(busy, other.busy);
  busiest_second = std::max(busiest_second, other.busiest_second);
  wait_us = std::max(wait_us, other.wait_us);
}

SelfCheck check_generator(const Results& results, const ThreadUse& most) {
  const Counts counts = results.total();
  const double seconds = std::max(1U, results.seconds);
  SelfCheck self;
  self.offered_per_second = static_cast<double>(counts.offered) / seconds;
  self.achieved_per_second = static_cast<double>(counts.started) / seconds;
  self.busiest_thread = most.busy;
  self.busiest_second = most.busiest_second;
  self.thread_wait_us = most.wait_us;
  self.lag_p99_us = results.total(Timing::generator_lag).percentile(0.99);
  self.reason = complaint(self, results);
  self.valid = self.reason.empty();
  if (!self.valid) self.reason += advice;
  return self;
}

void check_fill(Results& results) {
  if (!results.fill || results.fill->busiest_second <= busy_share_max || !results.self.valid)
    return;
  results.self.valid = false;
  results.self.reason = text(
      "a thread of the generator ran, or waited for a processor, %.0f %% of its busiest second "
      "while the records of before were written: more --threads or `syncload workers`",
      results.fill->busiest_second * 100);
}

void check_lateness(const std::string& metric, double lag_us, double latency_us, Results& results) {
  const double late = distortion(lag_us, latency_us);
  if (late <= lag_share_max || !results.self.valid) return;
  results.self.valid = false;
  results.self.reason = text(
                            "%s is missed, and operations started %.1f ms late by the same "
                            "statistic, which is %.0f %% of it",
                            metric.c_str(), lag_us / 1000, late * 100) +
                        advice;
}

}  // namespace studiosync::load
