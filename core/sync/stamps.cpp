#include "core/sync/stamps.hpp"

#include <algorithm>

#include "core/base/limits.hpp"
#include "core/base/zoo.hpp"

namespace studiosync {

StampCorrection::StampCorrection(WallTime device_now, WallTime server_now) noexcept
    : server_now_(server_now) {
  const Millis difference = server_now - device_now;
  if (difference.count > limits::skew_ms_max || difference.count < -limits::skew_ms_max) {
    shift_ = difference;
    if (SS_ZOO(slow_clocks_are_believed) && difference.count > 0) shift_ = {};
  }
}

Stamp StampCorrection::correct(Stamp stamp) const noexcept {
  if (SS_ZOO(fast_clocks_are_believed)) return stamp;
  if (shift_.count == 0) return clamp_to(stamp, server_now_ + Millis{limits::skew_ms_max});
  return clamp_to(Stamp::at(stamp.wall() + shift_, stamp.counter()), server_now_);
}

Stamp clamp_to(Stamp stamp, WallTime server_now) noexcept {
  return std::min(stamp, Stamp::at(server_now, 0xFFFF));
}

}  // namespace studiosync
