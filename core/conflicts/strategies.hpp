// What becomes of contested fields: one function a strategy, one file a function.
// Each is handed an encounter with at least one contested field and answers Status::conflict.
#pragma once

#include "core/conflicts/encounter.hpp"

namespace studiosync {

// Field by field the later change stays. The losing side goes to the archive.
Outcome last_write_wins(const Encounter& encounter);

// Field by field the registry's rule decides; unknown fields as `newest`. Of an immutable record
// the value that arrived first stays. Both sides go to the archive.
Outcome merge(const Encounter& encounter);

// All or nothing: the stored record stays untouched, the whole incoming one becomes a copy beside
// it.
Outcome keep_both(const Encounter& encounter);

// The stored record stays, the incoming one waits in an open conflict. For deletes too.
Outcome user_choice(const History& stored, const Incoming& incoming);

// Version 1 of a copy of `fields` under `copy_id`, with a name that tells whose it is.
Record conflicted_copy(const Incoming& incoming, const std::string& copy_id, Fields fields);

}  // namespace studiosync
