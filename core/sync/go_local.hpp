// Makes a device's database one that belongs to no account. Part of the caller's transaction.
#pragma once

#include "core/sync/device_store.hpp"

namespace studiosync {

// What the user sees stays, as if it had been made here and never sent; deletes that still waited
// are done. Nothing is left that refers to a server, so that another account can take the records.
// The stream begins anew as `replica`.
void go_local(DeviceStore& store, ReplicaId replica, WallTime now);

}  // namespace studiosync
