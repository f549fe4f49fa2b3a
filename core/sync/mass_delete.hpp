// The device's first look at its own deletes: an emptied table must not empty everybody's. What is
// held waits on the rejected list until the user confirms it or gives it up.
#pragma once

#include <vector>

#include "core/base/random.hpp"
#include "core/sync/device_store.hpp"

namespace studiosync {

// Whether an edit is a delete that is counted: not confirmed, and not one that turns its record
// private.
bool counts_as_delete(const PendingEdit& edit) noexcept;

// To be asked before the first delete of a type is frozen. Where all of them in the outbox are a
// mass delete, measured as the server does (delete_breaker.hpp), all are held and returned. Part of
// the caller's transaction.
std::vector<RejectedChange> hold_mass_delete(DeviceStore& store, EntityType type, WallTime now,
                                             Random& random);

// Why a delete is on the rejected list.
Error held_delete();

}  // namespace studiosync
