// Crashes a store at every moment of a workload and looks at what it finds when it opens again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "e2e/crash/subject.hpp"
#include "e2e/disk/crash_mode.hpp"

namespace studiosync::e2e {

// A store that is made to be unsafe: a sweep that does not find it is worth nothing.
enum class PlantedUnsafety : std::uint8_t {
  none,
  synchronous_off,  // no connection ever flushes
  log_not_flushed,  // the disk lies about the write-ahead log
};

struct SweepOptions {
  CrashSide side = CrashSide::server;
  std::uint64_t seed = 1;
  std::size_t steps = 2'000;
  std::size_t stride = 1;  // every so many moments are visited
  // Each moment is visited in this mode; empty: the modes take turns.
  std::optional<CrashMode> mode{};
  PlantedUnsafety planted = PlantedUnsafety::none;
};

struct SweepReport {
  std::size_t moments = 0;  // of the workload: writes, flushes, truncations, removals
  std::size_t points = 0;   // that were visited
  std::size_t disks = 0;    // found there by a crash; of equal ones in a row only the first
  std::size_t steps = 0;    // that the workload got to
  // Of sweep_faults(): how many of these steps had failing calls, and how many of those were groups
  // of several transactions.
  std::size_t visited = 0;
  std::size_t groups = 0;
  std::uint64_t state = 0;  // what the workload left; one seed, one number in one process
  // One line each, with all that is needed to see it again; the sweep ends at the twentieth.
  std::vector<std::string> violations;
};

// At each disk: the state is the one before or after the step in flight, byte by byte (on a device
// acknowledged relaxed commits may be missing, the last ones first); the store opens, and the
// workload goes on. Where all is dropped that was not flushed, and at moments whose number 5
// divides, also: it goes on to the state that it has without a crash, and the database is sound
// then. Of these, at moments whose number 35 divides, also: what it acknowledges then is durable,
// unless it is relaxed. A crash before the first step leaves no state: the store opens, begins as
// it does without a crash, and is sound.
SweepReport sweep_crashes(const SweepOptions& options);

}  // namespace studiosync::e2e
