// Results as a run might have found them.
#pragma once

#include <utility>

#include "loadtest/results.hpp"

namespace studiosync::load {

// One interval a second, each with one latency and as many operations as acknowledged edits.
inline Results made_results(std::uint32_t seconds, std::uint64_t edits_a_second,
                            std::uint64_t latency_us) {
  Results results;
  results.scenario = "steady";
  results.target = "http://127.0.0.1:1";
  results.options = {{"users", "10"}, {"seed", "1"}};
  results.started = {1'770'000'000'000};
  results.seconds = seconds;
  results.users = 10;
  results.devices = 20;
  for (std::uint32_t second = 0; second < seconds; ++second) {
    Interval interval{.second = second};
    interval.counts.offered = edits_a_second;
    interval.counts.started = edits_a_second;
    interval.counts.acknowledged = edits_a_second;
    interval.timings[static_cast<std::size_t>(Timing::sync_latency)].record(latency_us,
                                                                            edits_a_second);
    interval.timings[static_cast<std::size_t>(Timing::generator_lag)].record(100, edits_a_second);
    interval.live = 20;
    results.intervals.push_back(std::move(interval));
  }
  results.verification = {.done = true, .acknowledged = 5, .found = 5};
  return results;
}

}  // namespace studiosync::load
