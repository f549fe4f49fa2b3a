// Orders edits of devices whose wall clocks disagree.
// Mints strictly increasing stamps. Not thread-safe: owned by the device's single writer.
#pragma once

#include "core/base/time.hpp"
#include "core/conflicts/stamp.hpp"

namespace studiosync {

class HybridClock {
 public:
  explicit HybridClock(Stamp last = {}) noexcept : last_(last) {}

  // Greater than every stamp returned or observed so far, even when `now` went backwards.
  // A full counter carries into the milliseconds.
  Stamp mint(WallTime now) noexcept;

  // Learns a peer's stamp. A stamp more than limits::skew_ms_max ahead of `now` is clamped to that
  // bound; the returned value is what was learned. Nothing else changes.
  Stamp observe(Stamp remote, WallTime now) noexcept;

  // Forgets the past when it runs more than limits::skew_ms_max ahead of `now` (a clock that was
  // set back after a time in the future): the next stamp is near `now` again. Returns whether.
  bool reseed(WallTime now) noexcept;

  Stamp last() const noexcept { return last_; }

 private:
  Stamp last_;
};

}  // namespace studiosync
