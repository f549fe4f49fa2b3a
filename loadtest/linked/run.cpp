#include "loadtest/linked/run.hpp"

#include <algorithm>

#include "loadtest/linked/linked_devices.hpp"
#include "loadtest/linked/socket_crowd.hpp"
#include "loadtest/run/descriptor_limit.hpp"
#include "loadtest/thresholds.hpp"
#include "loadtest/units.hpp"
#include "os/resident_memory.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::load {
namespace {

constexpr std::size_t samples = 64;
// Pushes of linked devices while the others have sockets: so often that many fall into the time.
constexpr std::chrono::milliseconds push_interval{2};
const std::vector<std::string> default_thresholds{"memory_per_device<12288", "propagation.p99<10ms",
                                                  "error_rate<1%"};

class LinkedRun {
 public:
  LinkedRun(const LinkedOptions& options, std::size_t sockets)
      : options_(options), sockets_(sockets), links_(server_, options.devices - sockets) {
    take_sample();
  }

  void connect_links() {
    for (std::size_t i = 0; i < links_.size(); ++i) {
      links_.connect(i);
      sample_if_due();
    }
    if (memory_.back().devices < links_.size()) take_sample();
  }

  void push_all() {
    for (std::size_t i = 0; i < options_.pushes; ++i) links_.push_any();
  }

  // The sockets' part; the links push as soon as everybody is there.
  Result<Results> run_sockets() {
    SS_TRY(server_.listen());
    SS_ASSIGN(SocketCrowd crowd, SocketCrowd::start({.program = options_.program,
                                                     .target = server_.url(),
                                                     .devices = sockets_,
                                                     .first_user = links_.users() + 1}));
    for (std::size_t pushes = 0;;) {
      server_.run_for(push_interval);
      sample_if_due();
      if (all_there() && links_.size() > 0 && pushes++ < options_.pushes) links_.push_any();
      if (auto results = crowd.take_results()) return std::move(*results);
    }
  }

  // Adds what the links have measured, and what is known of the server.
  void report(Results& results) {
    results.memory = memory_;
    if (sockets_ > 0) results.remarks.push_back(arrivals(results));
    Interval& last = results.intervals.back();
    last.live += static_cast<std::uint32_t>(links_.size());
    last.counts.add(links_.counts());
    // Those without a network would hide slow ones; of them `arrivals` tells.
    if (sockets_ == 0) {
      last.timings[static_cast<std::size_t>(Timing::propagation)].merge(links_.propagation());
    }
    if (!complete()) {
      results.remarks.push_back("only " + std::to_string(memory_.back().devices) + " of " +
                                std::to_string(options_.devices) + " devices were connected");
    } else if (sockets_ > 0 && links_.size() > 0) {
      results.remarks.push_back(kinds());
    }
  }

  // Whether all devices were connected at once.
  bool complete() const { return memory_.back().devices >= options_.devices; }

 private:
  // Not while the devices leave: not every connection is one's, and one more of these is no news.
  void sample_if_due() {
    if (complete()) return;
    const std::size_t step = std::max<std::size_t>(1, options_.devices / samples);
    if (server_.connections() >= memory_.back().devices + step) take_sample();
  }

  // Counting them takes its time: once they are, they stay.
  bool all_there() {
    if (complete()) return true;
    if (server_.connections() < options_.devices) return false;
    if (server_.devices() == options_.devices) take_sample();
    return complete();
  }

  void take_sample() {
    const std::chrono::duration<double> since = Clock::now() - begun_;
    memory_.push_back({since.count(), server_.devices(), os::resident_memory()});
  }

  // How soon a push reaches one of each kind; what was measured over sockets is in `sockets`.
  std::string arrivals(const Results& sockets) const {
    const auto p99 = [](const Histogram& all) {
      return duration_of(static_cast<double>(all.percentile(0.99))) + " at p99 (" +
             std::to_string(all.count()) + " arrivals)";
    };
    return "a push reached a device with a socket within " +
           p99(sockets.total(Timing::propagation)) + ", a linked one within " +
           p99(links_.propagation());
  }

  // What one of each kind costs: the slopes over the links and, behind them, over the sockets.
  std::string kinds() const {
    const auto linked = std::ranges::find(memory_, links_.size(), &MemorySample::devices);
    const auto each = [](const MemorySample& from, const MemorySample& to) {
      return bytes_of((static_cast<double>(to.bytes) - static_cast<double>(from.bytes)) /
                      static_cast<double>(std::max<std::uint64_t>(1, to.devices - from.devices)));
    };
    return "of the server's memory a linked device takes " + each(memory_.front(), *linked) +
           ", one with a socket " + each(*linked, memory_.back()) + " beside the kernel's";
  }

  const LinkedOptions& options_;
  const std::size_t sockets_;
  LinkedServer server_;
  LinkedDevices links_;
  std::vector<MemorySample> memory_;
  const Moment begun_ = Clock::now();
};

Results pushes_of_links(LinkedRun& run) {
  Results results;
  results.started = os::wall_now();
  results.intervals.emplace_back();
  const Moment begun = Clock::now();
  run.push_all();
  results.seconds = static_cast<std::uint32_t>(
      1 + std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - begun).count());
  results.interval_seconds = results.seconds;
  return results;
}

void describe(const LinkedOptions& options, const SocketRoom& room, Results& results) {
  results.scenario = "linked";
  results.target = "a server in this process";
  results.options = {{"devices", std::to_string(options.devices)},
                     {"sockets", std::to_string(room.devices)},
                     {"pushes", std::to_string(options.pushes)}};
  results.users = (options.devices + 1) / 2;
  results.devices = options.devices;
  results.usage.reset();  // a store in memory has no price
  results.dollars_per_user_month.reset();
  if (!room.remark.empty()) results.remarks.push_back(room.remark);
  results.remarks.push_back(
      "linked devices have no sockets: bytes go from hand to hand in one process, so that kernel "
      "buffers are not in the memory, nor a network in the latency");
}

}  // namespace

Result<Results> measure_linked(const LinkedOptions& options) {
  SS_ASSIGN(const auto rules, parse_thresholds(options.thresholds, default_thresholds));
  const SocketRoom room =
      room_for_sockets(std::min(options.sockets, options.devices), raise_descriptor_limit());
  LinkedRun run(options, room.devices);
  run.connect_links();
  Results results;
  if (room.devices > 0) {
    SS_ASSIGN(results, run.run_sockets());
  } else {
    results = pushes_of_links(run);
  }
  run.report(results);
  describe(options, room, results);
  results.thresholds.clear();
  for (const ThresholdRule& rule : rules) results.thresholds.push_back(judge(rule, results));
  const bool met = std::ranges::all_of(results.thresholds, &Threshold::met);
  results.passed = run.complete() && met && results.self.valid;
  return results;
}

}  // namespace studiosync::load
