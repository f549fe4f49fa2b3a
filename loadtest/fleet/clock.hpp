// The clock that everything here is timed by. It never jumps; the engines' own time is the wall's.
#pragma once

#include <chrono>
#include <cstdint>

namespace studiosync::load {

using Clock = std::chrono::steady_clock;
using Moment = Clock::time_point;

// At least 1: nothing takes no time, and histograms begin there.
inline std::uint64_t micros_between(Moment from, Moment to) noexcept {
  const auto span = std::chrono::duration_cast<std::chrono::microseconds>(to - from).count();
  return span < 1 ? 1 : static_cast<std::uint64_t>(span);
}

}  // namespace studiosync::load
