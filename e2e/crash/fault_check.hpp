// One step of the workload, or one opening of the store, with a failing call.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "e2e/crash/fault_sweep.hpp"
#include "e2e/crash/workload_run.hpp"

namespace studiosync::e2e {

struct FaultPoint {
  StoreFault fault{};
  bool lasting = false;  // so do all calls that follow
  bool opening = false;  // in place of the step
  std::size_t step = 0;  // the disk is in the state of this number
  std::size_t call = 0;  // the first that fails: of those that this fault concerns, from 0

  // In every other run the process ends after the fault, the machine does not, and another begins.
  bool restarts() const noexcept { return call % 2 == 1; }
};

struct FaultFinding {
  bool fired = false;  // false: it was over before it came to that call
  std::optional<std::string> wrong;
};

// `before` is the disk before the step; `run` knows the state behind it.
FaultFinding check_fault(const WorkloadRun& run, const SimulatedDisk& before,
                         const FaultPoint& point);

}  // namespace studiosync::e2e
