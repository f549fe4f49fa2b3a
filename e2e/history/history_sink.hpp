// Where a history goes while it happens.
#pragma once

#include <string_view>

#include "e2e/history/event.hpp"

namespace studiosync::e2e {

class HistorySink {
 public:
  virtual ~HistorySink() = default;
  // Gives it the next number and the time of the run's clock. Whether it may be called from several
  // threads is the implementation's to say.
  virtual void note(std::string_view lane, Happening what) = 0;
};

}  // namespace studiosync::e2e
