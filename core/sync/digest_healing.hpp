// Makes a device's copy equal to the server's where a digest has shown that it is not. Heals from
// the server only.
#pragma once

#include <cstdint>
#include <vector>

#include "core/sync/device_store.hpp"

namespace studiosync {

// The buckets whose sums differ, rising.
std::vector<std::uint8_t> differing_buckets(const DigestSums& a, const DigestSums& b);

struct Healed {
  std::vector<RecordKey> changed;  // what the user sees changed
  // So many records would go that a resync has to ask: the caller rolls back.
  bool asks = false;
};

// `rows` is all that the server has in `buckets`, read at the device's own cursor. What it does not
// have goes as in a sweep; unsynced edits are kept. Part of the caller's transaction.
Healed heal_buckets(DeviceStore& store, const std::vector<std::uint8_t>& buckets,
                    const std::vector<Record>& rows, WallTime now);

}  // namespace studiosync
