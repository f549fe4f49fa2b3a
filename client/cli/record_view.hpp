// A device's record as people and scripts see it.
#pragma once

#include <string>

#include "core/sync/device_store.hpp"

namespace studiosync::client {

// {"type","id","sync_version","state","redacted","data"}; `redacted` names the fields of `data`
// that the server and the other devices have redacted.
Json record_view(const DeviceRecord& record);

// synced, pending, sending, local, rejected.
std::string record_state(const DeviceRecord& record);
std::string record_version(const DeviceRecord& record);
// The name, or what comes nearest to one.
std::string record_title(const DeviceRecord& record);

}  // namespace studiosync::client
