#include "loadtest/fleet/timer_queue.hpp"

namespace studiosync::load {

void TimerQueue::set(std::size_t device, std::optional<WallTime> at) {
  if (device >= of_device_.size()) of_device_.resize(device + 1);
  auto& current = of_device_[device];
  if (current == at) return;
  if (current) alarms_.erase({*current, device});
  if (at) alarms_.insert({*at, device});
  current = at;
}

std::optional<WallTime> TimerQueue::earliest() const {
  if (alarms_.empty()) return std::nullopt;
  return alarms_.begin()->first;
}

std::optional<std::size_t> TimerQueue::take_due(WallTime now) {
  if (alarms_.empty() || alarms_.begin()->first > now) return std::nullopt;
  const std::size_t device = alarms_.begin()->second;
  set(device, std::nullopt);
  return device;
}

}  // namespace studiosync::load
