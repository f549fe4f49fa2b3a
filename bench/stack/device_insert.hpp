// The physical limit of a first sync: the same rows in the device's own tables and full-text
// index, by the thinnest code that SQLite allows, without look-ups and network.
#pragma once

#include <string>
#include <vector>

#include "bench/stack/percentile.hpp"
#include "core/sync/device_store.hpp"

namespace studiosync::bench {

// Until the last row is flushed to the disk of `parent`.
Seconds time_device_insert(const std::string& parent, const std::vector<DeviceRecord>& records);

}  // namespace studiosync::bench
