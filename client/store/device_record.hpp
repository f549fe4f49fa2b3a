// What both stores agree on about one record.
#pragma once

#include "core/sync/device_store.hpp"

namespace studiosync::client {

// Whether a store still has a reason to remember it (see DeviceStore::put).
inline bool worth_keeping(const DeviceRecord& record) noexcept {
  return !record.content.empty() || record.shadow || record.edit || record.in_flight;
}

}  // namespace studiosync::client
