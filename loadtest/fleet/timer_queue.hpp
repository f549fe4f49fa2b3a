// The alarms of a thread's devices: one ordered set, so that thousands of devices need one timer of
// the system.
#pragma once

#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "core/base/time.hpp"

namespace studiosync::load {

// Not thread-safe. Devices are named by small numbers.
class TimerQueue {
 public:
  // Replaces the device's alarm; nothing = none.
  void set(std::size_t device, std::optional<WallTime> at);
  std::optional<WallTime> earliest() const;
  // A device whose alarm is due, whose alarm is gone by this; the earliest first.
  std::optional<std::size_t> take_due(WallTime now);

 private:
  std::set<std::pair<WallTime, std::size_t>> alarms_;
  std::vector<std::optional<WallTime>> of_device_;
};

}  // namespace studiosync::load
