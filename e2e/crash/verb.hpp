// `syncsim crashpoints`: the sweeps on the command line.
#pragma once

#include <cstdint>
#include <string>

namespace studiosync::e2e {

struct CrashPointsOptions {
  std::string side = "both";  // server, device or both
  std::uint64_t seed = 1;
  std::uint64_t ops = 2'000;       // steps of the workload
  std::uint64_t stride = 1;        // every so many moments, or failing calls
  std::string mode = "turns";      // a CrashMode, or all of them in turn
  bool faults = false;             // failing calls in place of crashes
  std::uint64_t visit_every = 50;  // with faults: every so many steps
  std::string fault = "all";       // with faults: a StoreFault
  bool json = false;               // one JSON line a side
};

// Prints what was found, and how many points a second. 0 fine, 1 violations, 2 an option that is
// none. Uses SQLite on the calling thread only; no connection may be open.
int run_crash_points(const CrashPointsOptions& options);

}  // namespace studiosync::e2e
