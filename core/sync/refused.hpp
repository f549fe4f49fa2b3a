// What the user does about changes on the rejected list, and which of their texts a record shows:
// that is kept with each text as it happens. Each function is one part of the caller's transaction
// on the store; nothing is written when it fails.
#pragma once

#include <optional>

#include "core/sync/device_store.hpp"

namespace studiosync {

// Queues the record as it is now once more, with all that was refused of it: mended meanwhile, or
// for a server that has changed; one that was deleted by others since comes back as it was refused
// last. Of a held delete it is the confirmation, based on what was deleted: what others wrote since
// meets it. A text that is part of what is unsynced only leaves the list.
// `not_found` where the change is not on the list; `version_conflict` where the list has the only
// copy, because others' text took the refused one's place or the record was made anew, and where
// the record is being deleted or its delete waits for a decision.
Result<> retry_refused(DeviceStore& store, ChangeId change, WallTime now);

// Gives the change up: the user sees what the server has, his own text unredacted, and what else of
// his was refused. What he has edited or deleted since stays as it is.
Result<> discard_refused(DeviceStore& store, ChangeId change, WallTime now);

// A refused text as it is put on the list: the record shows it.
RejectedChange refused_text(FrozenChange change, Error error, WallTime now);

// What others have written since the version that a refused change was based on, and so over its
// text; sorted.
std::vector<std::string> written_since(DeviceStore& store, const DeviceRecord& record,
                                       const FrozenChange& change);
// Shows that in the record, in the place of the text: the same whether it came before the refusal
// or comes after it.
void take_what_others_wrote(DeviceStore& store, DeviceRecord& record, const FrozenChange& change,
                            WallTime now);

// The fields that the record shows of refused texts, sorted.
std::vector<std::string> shown_fields(DeviceStore& store, const RecordKey& key);
// Shows them upon the server's version, as when a delete does not happen.
void show_refused(DeviceStore& store, DeviceRecord& record, WallTime now);

// Others have written the fields in the place of what was refused.
void note_written(DeviceStore& store, const RecordKey& key, const std::vector<std::string>& fields);
// The same of what they wrote between the version `before` and the record's shadow. Returns the
// fields.
std::vector<std::string> note_others(DeviceStore& store, const DeviceRecord& record,
                                     const std::optional<Record>& before);
// The record is gone, or is another one's: nothing of what was refused is shown.
void note_gone(DeviceStore& store, const RecordKey& key);
// What the user wrote in the fields, upon what was refused, is taken.
void note_taken(DeviceStore& store, const RecordKey& key, const std::vector<std::string>& fields);

// The user edits or deletes `record`, which is as he sees it still: takes its held or refused
// delete off the list, in whose place this is, and remembers of refused texts that others wrote
// over before that the edit is not written upon them. Returns what the delete was based on.
std::optional<Rev> note_edited(DeviceStore& store, const DeviceRecord& record);

// The user's delete has happened, or he has made the record anew over it: the refused texts that it
// showed go with it. Those in whose place others wrote are on the list only, and stay there.
void forget_refused(DeviceStore& store, const RecordKey& key);

// The record was made anew, with a text that refused ones need not be part of: remembers of them
// that it was not written upon them.
void note_made_anew(DeviceStore& store, const RecordKey& key);

}  // namespace studiosync
