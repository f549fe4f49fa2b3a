#include "loadtest/run/crew.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>

namespace studiosync::load {
namespace {

constexpr std::chrono::seconds look_interval{1};

// Kept by the parts, which may outlast the caller's patience.
struct Countdown {
  std::mutex mutex;  // guards left: parts end on their own threads
  std::condition_variable changed;
  std::size_t left = 0;

  void one_done() {
    const std::lock_guard lock(mutex);
    --left;
    changed.notify_all();
  }
  bool wait_until(Moment at) {
    std::unique_lock lock(mutex);
    return changed.wait_until(lock, at, [this] { return left == 0; });
  }
};

}  // namespace

Crew::Crew(const TeamOptions& options, const std::vector<Account>& accounts, std::size_t threads,
           Watcher& watcher)
    : watcher_(watcher) {
  const std::size_t count = std::max<std::size_t>(1, std::min(threads, accounts.size()));
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t from = accounts.size() * i / count;
    const std::size_t to = accounts.size() * (i + 1) / count;
    const auto begin = accounts.begin();
    std::vector<Account> part(begin + static_cast<std::ptrdiff_t>(from),
                              begin + static_cast<std::ptrdiff_t>(to));
    shares_.push_back(static_cast<double>(part.size()) / static_cast<double>(accounts.size()));
    workers_.push_back(std::make_unique<Worker>(options, std::move(part), from));
  }
}

std::uint64_t Crew::progress() {
  std::uint64_t sum = 0;
  for (const auto& worker : workers_) {
    sum += worker->ask([](Team& team) { return team.world().progress; });
  }
  return sum;
}

Snapshot Crew::look(std::string_view phase, Moment begun, double length) {
  const Moment now = Clock::now();
  Snapshot snapshot{.phase = std::string(phase), .length = length};
  snapshot.seconds = std::chrono::duration<double>(now - begun).count();
  for (const auto& worker : workers_) {
    const auto [latest, seconds, links, counts, records] = worker->ask([now](Team& team) {
      std::size_t acknowledged = 0;
      for (const auto& user : team.users()) acknowledged += user->ledger.size();
      const Recorder& recorder = team.recorder();
      return std::tuple(recorder.latest(now), recorder.latest_seconds(now), recorder.links(),
                        recorder.so_far(), acknowledged);
    });
    snapshot.records += records;
    snapshot.latest_seconds = std::max(snapshot.latest_seconds, seconds);
    snapshot.latest.counts.add(latest.counts);
    for (std::size_t i = 0; i < timing_count; ++i) {
      snapshot.latest.timings[i].merge(latest.timings[i]);
    }
    snapshot.latest.live += links.live;
    snapshot.latest.connecting += links.connecting;
    snapshot.latest.waiting += links.waiting;
    snapshot.latest.halted += links.halted;
    snapshot.so_far.add(counts);
  }
  return snapshot;
}

Result<> Crew::run(std::string_view phase, const PhasePart& part, const Patience& patience,
                   double length) {
  watcher_.entered(phase);
  const auto countdown = std::make_shared<Countdown>();
  countdown->left = workers_.size();
  for (std::size_t i = 0; i < workers_.size(); ++i) {
    workers_[i]->post([part, i, countdown](Team& team) {
      part(team, i, [countdown] { countdown->one_done(); });
    });
  }
  const Moment begun = Clock::now();
  Moment heard = begun;
  std::uint64_t answers = 0;
  while (!countdown->wait_until(Clock::now() + look_interval)) {
    watcher_.looked(look(phase, begun, length));
    const Moment now = Clock::now();
    if (std::exchange(answers, progress()) != answers) heard = now;
    const bool silent = now - heard > patience.silence;
    if (silent || (patience.in_all && now - begun > *patience.in_all)) {
      return fail(ErrorCode::timeout, std::string(phase) + " did not come to its end");
    }
  }
  watcher_.looked(look(phase, begun, length));
  return {};
}

}  // namespace studiosync::load
