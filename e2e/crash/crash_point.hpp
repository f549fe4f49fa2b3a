// One moment of a workload at which the power goes.
#pragma once

#include <cstddef>
#include <string>

#include "e2e/disk/crash_mode.hpp"
#include "e2e/disk/simulated_disk.hpp"

namespace studiosync::e2e {

struct CrashPoint {
  std::size_t moment = 0;
  std::string operation;  // the one that was about to begin
  SimulatedDisk disk;     // as it was then
  CrashMode mode{};
};

}  // namespace studiosync::e2e
