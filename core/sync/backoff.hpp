// How long to wait before the next attempt.
#pragma once

#include "core/base/random.hpp"
#include "core/base/time.hpp"

namespace studiosync {

// Exponential backoff with full jitter (Brooker, "Exponential Backoff And Jitter", 2015): uniform
// between zero and a cap that doubles, so that devices cut off together do not come back together.
class Backoff {
 public:
  Backoff(Millis first, Millis largest) noexcept : first_(first), largest_(largest) {}

  Millis next(Random& random) noexcept;
  void reset() noexcept { attempts_ = 0; }
  int attempts() const noexcept { return attempts_; }

 private:
  Millis first_;
  Millis largest_;
  int attempts_ = 0;
};

}  // namespace studiosync
