// A scenario with real processes: syncd and syncctl over TCP, a fault proxy before each device,
// kill -9 and restarts. The history that comes out of it goes to the same checker.
#pragma once

#include <string>
#include <vector>

#include "e2e/history/event.hpp"
#include "e2e/scenario/scenario.hpp"

namespace studiosync::e2e {

struct RealOptions {
  std::string programs;     // the folder of syncd and syncctl
  std::string folder;       // an empty one; everything of the run is below it
  Millis patience{60'000};  // for everybody to be in sync after the faults have healed
};

struct RealRun {
  History history;
  // Steps that only the simulation can perform (clocks, failing disks), left out.
  std::vector<std::string> skipped;
};

// Steps follow one another at once: `at` gives their order, not the time. An error where a process
// did what it never may: did not start, hung, or did not come into sync. All processes have ended
// when this returns.
Result<RealRun> run_real(const Scenario& scenario, const RealOptions& options);

}  // namespace studiosync::e2e
