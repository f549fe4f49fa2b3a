// Corrects the stamps of devices whose clocks are wrong, so that none wins or loses for ever.
#pragma once

#include "core/base/time.hpp"
#include "core/conflicts/stamp.hpp"

namespace studiosync {

// One push's correction: made from the device's `now` and the server's, used for its changes in
// order.
class StampCorrection {
 public:
  StampCorrection(WallTime device_now, WallTime server_now) noexcept;

  // A device within limits::skew_ms_max is believed. Otherwise the stamp is shifted by the
  // difference of the clocks, capped at the server's now, and increasing from call to call.
  Stamp correct(Stamp stamp) noexcept;

 private:
  WallTime server_now_;
  Millis shift_;
  Stamp last_;
};

// A plain client's stamp: one in the future is the server's now.
Stamp clamp_to(Stamp stamp, WallTime server_now) noexcept;

}  // namespace studiosync
