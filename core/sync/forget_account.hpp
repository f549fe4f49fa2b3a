// What is left of a device's database after the account was reset: everything in it was deleted on
// purpose. Part of the caller's transaction; the database was set aside before.
#pragma once

#include "core/sync/device_store.hpp"

namespace studiosync {

// Local rows stay, as rows that the server never heard of. Everything else goes, what waits in the
// outbox and on the lists too. The replica's stream begins anew as `replica`, in the account
// generation of `head`.
void forget_account(DeviceStore& store, const Cursor& head, const Epochs& epochs,
                    ReplicaId replica);

}  // namespace studiosync
