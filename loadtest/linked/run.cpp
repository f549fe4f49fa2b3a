#include "loadtest/linked/run.hpp"

#include <algorithm>
#include <chrono>

#include "core/base/check.hpp"
#include "core/base/random.hpp"
#include "loadtest/linked/bare_device.hpp"
#include "loadtest/linked/linked_server.hpp"
#include "loadtest/thresholds.hpp"
#include "os/resident_memory.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::load {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t samples = 64;
// To the upgrade, and to the greeting.
constexpr std::uint32_t answers_until_welcome = 2;
const std::vector<std::string> default_thresholds{"memory_per_device<12288",
                                                  "propagation.p99<10ms"};

// Devices 2n and 2n + 1 are those of user n + 1.
class LinkedRun {
 public:
  LinkedRun(const LinkedOptions& options, Results& results)
      : options_(options), results_(results), devices_(options.devices) {}

  void connect_all() {
    const std::size_t step = std::max<std::size_t>(1, options_.devices / samples);
    for (std::size_t i = 0; i < devices_.size(); ++i) {
      connect(i);
      const bool last = i + 1 == devices_.size();
      if (!last && (i + 1) % step != 0) continue;
      take_sample();
      SS_CHECK(server_.devices() == i + 1);
    }
  }

  void push_all() {
    Random random(1);
    for (std::size_t i = 0; i < options_.pushes; ++i) push(random.below(devices_.size()));
  }

 private:
  void connect(std::size_t i) {
    BareDevice& device = devices_[i];
    device.attach(server_.connect(device));
    server_.turn();
    device.greet(i / 2 + 1, i);
    server_.turn();
    SS_CHECK(device.writes() == answers_until_welcome);
  }

  void take_sample() {
    const std::chrono::duration<double> since = Clock::now() - begun_;
    results_.memory.push_back({since.count(), server_.devices(), os::resident_memory()});
  }

  void push(std::size_t from) {
    const std::size_t to = from ^ 1U;
    if (to >= devices_.size()) return;  // the last one of an odd number is alone
    const std::uint32_t before = devices_[to].writes();
    const auto begin = Clock::now();
    devices_[from].push(from, os::wall_now());
    server_.turn();
    const auto span = Clock::now() - begin;
    SS_CHECK(devices_[to].writes() == before + 1);
    Interval& interval = results_.intervals.front();
    ++interval.counts.acknowledged;
    ++interval.counts.applied;
    const auto us = std::chrono::duration_cast<std::chrono::microseconds>(span).count();
    interval.timings[static_cast<std::size_t>(Timing::propagation)].record(
        static_cast<std::uint64_t>(std::max<std::int64_t>(us, 1)));
  }

  const LinkedOptions& options_;
  Results& results_;
  std::vector<BareDevice> devices_;
  LinkedServer server_;
  const Clock::time_point begun_ = Clock::now();
};

Results empty_results(const LinkedOptions& options) {
  Results results;
  results.scenario = "linked";
  results.target = "a server in this process";
  results.options = {{"devices", std::to_string(options.devices)},
                     {"pushes", std::to_string(options.pushes)}};
  results.started = os::wall_now();
  results.users = (options.devices + 1) / 2;
  results.devices = options.devices;
  results.intervals.emplace_back();
  results.intervals.front().live = static_cast<std::uint32_t>(options.devices);
  results.remarks = {
      "no sockets: bytes go from hand to hand in one process, so that kernel buffers "
      "are not in the memory, nor a network in the latency"};
  return results;
}

}  // namespace

Result<Results> measure_linked(const LinkedOptions& options) {
  SS_ASSIGN(const auto rules, parse_thresholds(options.thresholds, default_thresholds));
  Results results = empty_results(options);
  const auto begun = Clock::now();
  LinkedRun run(options, results);
  run.connect_all();
  run.push_all();
  results.seconds = static_cast<std::uint32_t>(
      1 + std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - begun).count());
  results.interval_seconds = results.seconds;
  for (const ThresholdRule& rule : rules) results.thresholds.push_back(judge(rule, results));
  results.passed = std::ranges::all_of(results.thresholds, &Threshold::met);
  return results;
}

}  // namespace studiosync::load
