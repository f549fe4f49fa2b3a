// `syncsim crashpoints`: the sweeps on the command line.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace studiosync::e2e {

struct CrashPointsOptions {
  std::string side = "both";  // of crash_side_names()
  std::uint64_t seed = 1;
  std::uint64_t ops = 2'000;       // steps of the workload
  std::uint64_t stride = 1;        // one moment in so many, or one failing call; not 0
  std::string mode = "turns";      // of crash_mode_names(): a CrashMode, or each in its turn
  bool faults = false;             // failing calls in place of crashes
  std::uint64_t visit_every = 50;  // with faults: one step in so many; not 0
  std::string fault = "all";       // with faults, of store_fault_names(): a StoreFault, or each
  bool json = false;               // one JSON line a side
};

// What the options of the same name may be.
std::vector<std::string> crash_side_names();
std::vector<std::string> crash_mode_names();
std::vector<std::string> store_fault_names();

// Prints what was looked at, what was left out and what was found, and how many points a second. 0
// fine, 1 violations. Uses SQLite on the calling thread only; no connection may be open.
int run_crash_points(const CrashPointsOptions& options);

}  // namespace studiosync::e2e
