// What the user does about changes on the rejected list. Each function is one part of the caller's
// transaction on the store; nothing is written when it fails.
#pragma once

#include "core/sync/device_store.hpp"

namespace studiosync {

// Queues the record as it is now once more: mended meanwhile, or for a server that has changed; one
// that was deleted by others since comes back as it was refused. Of a held delete it is the
// confirmation. A record that was edited since only leaves the list: the edit takes its place.
// `not_found` where the change is not on the list; `version_conflict` where the record was deleted
// and made anew since, and its text is another one: the list has the only copy of the refused one.
Result<> retry_refused(DeviceStore& store, ChangeId change, WallTime now);

// Gives the change up: the user sees what the server has, his own text unredacted.
Result<> discard_refused(DeviceStore& store, ChangeId change, WallTime now);

// The user has made the record anew: takes its held delete off the list, and remembers of refused
// texts that the new one was not written upon them.
void note_made_anew(DeviceStore& store, const RecordKey& key);

}  // namespace studiosync
