#include "core/conflicts/hybrid_clock.hpp"

#include <algorithm>

#include "core/base/limits.hpp"

namespace studiosync {
namespace {

constexpr WallTime furthest(WallTime now) noexcept {
  return now + Millis{limits::skew_ms_max};
}

}  // namespace

Stamp HybridClock::mint(WallTime now) noexcept {
  last_ = std::max(Stamp::at(now), last_.next());
  return last_;
}

Stamp HybridClock::observe(Stamp remote, WallTime now) noexcept {
  const Stamp learned = remote.wall() > furthest(now) ? Stamp::at(furthest(now)) : remote;
  last_ = std::max(last_, learned);
  return learned;
}

bool HybridClock::reseed(WallTime now) noexcept {
  if (last_.wall() <= furthest(now)) return false;
  last_ = Stamp::at(now);
  return true;
}

}  // namespace studiosync
