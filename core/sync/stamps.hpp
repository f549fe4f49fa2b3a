// Corrects the stamps of devices whose clocks are wrong, so that none wins or loses for ever.
#pragma once

#include "core/base/time.hpp"
#include "core/conflicts/stamp.hpp"

namespace studiosync {

// One push's correction: made from the device's `now` and the server's.
class StampCorrection {
 public:
  StampCorrection(WallTime device_now, WallTime server_now) noexcept;

  // A device within limits::skew_ms_max is believed. Otherwise the stamp is shifted by the
  // difference of the clocks, and capped at the server's now. Each by itself: a push is not in the
  // order in which its records were edited.
  Stamp correct(Stamp stamp) const noexcept;

 private:
  WallTime server_now_;
  Millis shift_;
};

// A plain client's stamp: one in the future is the server's now.
Stamp clamp_to(Stamp stamp, WallTime server_now) noexcept;

}  // namespace studiosync
