// One record in two histories that went separate ways: what the server has, and what a device still
// knows of the history that a restore took away. Pure; any thread.
#pragma once

#include <functional>

#include "core/conflicts/resolve.hpp"
#include "core/conflicts/version.hpp"
#include "core/protocol/cursor.hpp"

namespace studiosync {

// How a lost version is related to the stored one.
enum class Kinship : std::uint8_t { same, ancestor, descendant, concurrent };

// Whether the user's first row of `epoch` is beyond `fork`.
bool began_beyond(const Epochs& epochs, Epoch epoch, Seq fork);

// `ours` are the epochs of this history; those that began beyond `fork` wrote without knowledge of
// what was lost.
Kinship kinship(const Record& lost, const Record& stored, const Epochs& ours, Seq fork);

// Whether `record` has this very change in it: a device gave it back before the change's author,
// who never had an answer, sent it again. (An author has one change of a record on its way at a
// time, so no later one of its own can have covered it.) Where a clock was corrected in between it
// may say no: a conflict with oneself is better than a lost edit.
bool contains(const Record& record, const Incoming& change);

// The lost version as a change that meets the stored record: what it edited is what differs, other
// than by changes that both share. `shared` is a version known to be common to both, or 0; the last
// common one is never overestimated, for what it covers counts as seen by the lost side.
// Every field is as old as its own last change. `made_again` tells changes that came to this
// history by themselves: both sides have them, but perhaps upon different versions.
Incoming as_change(const Record& lost, const Record& stored, Version shared,
                   const std::function<bool(const FieldVersion&)>& made_again);

// `record`, into which `lost` was merged as one change by its last author: the fields that came
// from it are those of their own authors again, who must not pass for having seen each other's.
Record with_authors_of(const Record& lost, Record record);

// `record` as a version that exceeds both histories, so that no device takes it for one it knows.
// What changed after `shared` changed at that version, since nobody has seen it next to the other
// side's changes.
Record beyond(Record record, Version shared, Version both);

}  // namespace studiosync
