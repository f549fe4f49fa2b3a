// What the user does about changes on the rejected list. Each function is one part of the caller's
// transaction on the store; nothing is written when it fails.
#pragma once

#include <optional>

#include "core/sync/device_store.hpp"

namespace studiosync {

// Queues the record as it is now once more, with all that was refused of it: mended meanwhile, or
// for a server that has changed; one that was deleted by others since comes back as it was refused
// last. Of a held delete it is the confirmation, based on what was deleted: what others wrote since
// meets it. A record that was edited since only leaves the list: the edit takes its place.
// `not_found` where the change is not on the list; `version_conflict` where another text took the
// refused one's place, because the record was made anew or others wrote the same field: the list
// has the only copy.
Result<> retry_refused(DeviceStore& store, ChangeId change, WallTime now);

// Gives the change up: the user sees what the server has, his own text unredacted, and what else of
// his was refused.
Result<> discard_refused(DeviceStore& store, ChangeId change, WallTime now);

// The user edits or deletes `record`, which is as he sees it still: takes its held or refused
// delete off the list, in whose place this is, and remembers of refused texts that others wrote
// over before that the edit is not written upon them. Returns what the delete was based on.
std::optional<Rev> note_edited(DeviceStore& store, const DeviceRecord& record);

// Whether a delete of the user's is queued or on its way.
bool is_being_deleted(DeviceStore& store, const DeviceRecord& record);

// The user's delete has happened, or he has made the record anew over it: the refused texts that it
// showed go with it. Others' texts had taken the place of the rest, which is on the list only and
// stays there.
void forget_refused(DeviceStore& store, const RecordKey& key);

// The user's delete does not happen, and the record shows the server's version again: shows upon it
// what was refused and others have not written since.
void show_refused(DeviceStore& store, DeviceRecord& record, WallTime now);

// The record was made anew, with a text that refused ones need not be part of: remembers of them
// that it was not written upon them.
void note_made_anew(DeviceStore& store, const RecordKey& key);

// Whether others have written a field since the version that a change was based on, and so over the
// change's text where it was refused. `meta` is this device's.
bool written_by_others(const DeviceRecord& record, const FrozenChange& change,
                       const std::string& field, const DeviceMeta& meta);

}  // namespace studiosync
