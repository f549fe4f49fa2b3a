// A scenario with real processes: syncd and syncctl over TCP, a fault proxy before each device,
// kill -9, SIGSTOP and restarts. The history that comes out of it goes to the checker that judges
// simulations.
#pragma once

#include <string>
#include <vector>

#include "e2e/history/expectation.hpp"
#include "e2e/real/left_out.hpp"

namespace studiosync::e2e {

struct RealOptions {
  std::string programs;     // the folder of syncd and syncctl
  std::string folder;       // an empty one; everything of the run is below it
  Millis patience{60'000};  // for everybody to be in sync after the faults have healed
  // Of the devices; 0 = their default.
  Millis request_timeout{};
  // False: between steps that are a second or more apart, everybody who can comes into sync.
  // True: nobody waits, but partitions, pauses and kills until there is something on its way that
  // they can hit; and every other partition lasts until the device has noticed it.
  bool hit_traffic = false;
};

// What a process never may do: not start, hang, end by itself, not come into sync.
struct RealFailure {
  std::string lane;
  std::string message;  // with the last lines of the lane's log
};

struct RealRun {
  bool began = false;  // server and devices started, and the steps were performed
  History history;
  std::vector<Unmet> unmet;
  std::vector<RealFailure> failures;  // after one of them, no state is in the history
  std::size_t judged = 0;             // expectations that were looked at
  LeftOut left_out;
};

// `at` gives the steps' order, not their time. All processes have ended when this returns.
RealRun run_real(const Scenario& scenario, const RealOptions& options);

}  // namespace studiosync::e2e
