// Records and changes for the tests of the device's stores.
#pragma once

#include <string>
#include <string_view>

#include "core/base/random.hpp"
#include "core/sync/device_store.hpp"

namespace studiosync::client::test {

ReplicaId replica(std::uint8_t n);
ChangeId change(std::uint8_t n);

// A saved query that was pulled and not edited since.
DeviceRecord pulled_query(std::string_view id, std::string_view sql, std::uint64_t seq = 1);
// One that exists on this device only, waiting for its upload since `queued_ms`.
DeviceRecord edited(EntityType type, std::string_view id, std::int64_t queued_ms);
// With every member set to something that is not its default.
DeviceRecord rich_record();
// Without a number: the store gives it.
Original original(std::string_view id, std::int64_t at_ms = 1);
FrozenChange frozen_change(std::uint64_t seq, std::string_view id = "q1");

// One of a few hundred different records, so that random operations meet old ones.
DeviceRecord random_record(Random& random);

}  // namespace studiosync::client::test
