// Remembers the secrets that a device's user typed, and finds out whether the device still has
// them.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "core/sync/device_store.hpp"

namespace studiosync::testing {

class OriginalLedger {
 public:
  // A secret that no other edit has.
  std::string next();
  // The user replaced or deleted `text` while looking at it: the secrets in it may go.
  void replaced(std::string_view text);
  // Those that are in no record that the user sees and were not put aside.
  std::string lost(DeviceStore& store) const;

 private:
  std::uint64_t count_ = 0;
  std::set<std::string> kept_;
};

}  // namespace studiosync::testing
