#include "loadtest/self_check.hpp"

#include <algorithm>
#include <cstdio>

namespace studiosync::load {
namespace {

// What operations of the run are timed by.
std::uint64_t latency_p99(const Results& results) {
  std::uint64_t largest = 0;
  for (const Timing timing : {Timing::sync_latency, Timing::connect, Timing::first_sync}) {
    largest = std::max(largest, results.total(timing).percentile(0.99));
  }
  return largest;
}

template <class... Values>
std::string text(const char* format, Values... values) {
  char line[200];
  std::snprintf(line, sizeof line, format, values...);
  return line;
}

// Empty: nothing is wrong.
std::string complaint(const SelfCheck& self, std::uint64_t latency_us) {
  if (self.achieved_per_second < self.offered_per_second * achieved_share_min) {
    return text("only %.1f of %.1f operations a second were started", self.achieved_per_second,
                self.offered_per_second);
  }
  if (self.busiest_thread > busy_share_max) {
    return text("a thread of the generator was busy %.0f %% of the time",
                self.busiest_thread * 100);
  }
  const double share =
      static_cast<double>(self.lag_p99_us) / static_cast<double>(std::max(latency_us, lag_us_max));
  if (self.lag_p99_us > lag_us_max && share > lag_share_max) {
    return text("operations started %.1f ms late (p99), which is %.0f %% of the latency measured",
                static_cast<double>(self.lag_p99_us) / 1000, share * 100);
  }
  return {};
}

}  // namespace

SelfCheck check_generator(const Results& results, double busiest_thread) {
  const Counts counts = results.total();
  const double seconds = std::max(1U, results.seconds);
  SelfCheck self;
  self.offered_per_second = static_cast<double>(counts.offered) / seconds;
  self.achieved_per_second = static_cast<double>(counts.started) / seconds;
  self.busiest_thread = busiest_thread;
  self.lag_p99_us = results.total(Timing::generator_lag).percentile(0.99);
  self.reason = complaint(self, latency_p99(results));
  self.valid = self.reason.empty();
  if (!self.valid) self.reason += ": more --threads, `syncload workers`, or a smaller --rate";
  return self;
}

}  // namespace studiosync::load
