// Waits for something that only looking can tell.
#pragma once

#include <chrono>
#include <functional>

#include "core/base/time.hpp"

namespace studiosync::client {

// Begins when it is made.
class Deadline {
 public:
  explicit Deadline(Millis patience)
      : end_(std::chrono::steady_clock::now() + std::chrono::milliseconds(patience.count)) {}
  Millis left() const;  // at least 0

 private:
  std::chrono::steady_clock::time_point end_;
};

// Looks now and ten times a second until it holds (true) or `patience` is over (false).
bool wait_for(Millis patience, const std::function<bool()>& holds);

}  // namespace studiosync::client
