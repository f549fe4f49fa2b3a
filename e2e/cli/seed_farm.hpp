// Many seeds on several processes: what a library keeps for a whole process (SQLite's random state)
// is then one run's alone, and a run that ends its process ends no other.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace studiosync::e2e {

struct SeedRange {
  std::uint64_t first = 1;
  std::uint64_t last = UINT64_MAX;                             // included
  std::optional<std::chrono::steady_clock::time_point> until;  // no seed begins after it
  std::size_t jobs = 1;
  // A process that is silent for longer, whatever its seed does, is ended, which is told on stderr.
  std::chrono::milliseconds silence_max = std::chrono::minutes(10);
  // Asked now and then; true: what runs is ended, and no seed begins. Empty: never.
  std::function<bool()> stopped;
};

// In a process of its own: one line, without a line's end.
using SeedJob = std::function<std::string(std::uint64_t seed)>;
// Here, in the order of the seeds; nothing for a seed whose process died. False: no more seeds.
using SeedDone = std::function<bool(std::uint64_t seed, const std::optional<std::string>& line)>;

void run_seeds(const SeedRange& range, const SeedJob& job, const SeedDone& done);

}  // namespace studiosync::e2e
