// What a device's database holds of its user's writing.
#pragma once

#include <vector>

#include "core/sync/device_store.hpp"

namespace studiosync::client {

// Every record, and as records of their own the texts of changes that are in flight or were
// refused, and what was put aside: the field alone, or all of the record with it. In memory as a
// whole.
std::vector<DeviceRecord> texts_of(DeviceStore& store);

}  // namespace studiosync::client
