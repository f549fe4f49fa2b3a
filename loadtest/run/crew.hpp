// All threads of a run, driven through its phases together.
#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "loadtest/fleet/worker.hpp"
#include "loadtest/run/watcher.hpp"

namespace studiosync::load {

// One thread's part of a phase: begins it, and calls `done` once, on that thread.
using PhasePart = std::function<void(Team& team, std::size_t worker, std::function<void()> done)>;

// Calls from one thread, the caller's.
class Crew {
 public:
  // Users are dealt out evenly.
  Crew(const TeamOptions& options, const std::vector<Account>& accounts, std::size_t threads,
       Watcher& watcher);

  std::size_t size() const noexcept { return workers_.size(); }
  Worker& worker(std::size_t number) { return *workers_[number]; }
  // Of all users, those of that thread.
  double share(std::size_t worker) const { return shares_[worker]; }

  struct Patience {
    std::chrono::seconds silence{60};            // without any answer of the server
    std::optional<std::chrono::seconds> in_all;  // nothing: as long as answers come
  };
  // Runs a phase on all threads. `timeout` when patience ends; what is under way goes on then.
  Result<> run(std::string_view phase, const PhasePart& part, const Patience& patience,
               double length = 0);

 private:
  Snapshot look(std::string_view phase, Moment begun, double length);
  std::uint64_t progress();

  Watcher& watcher_;
  std::vector<double> shares_;
  std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace studiosync::load
