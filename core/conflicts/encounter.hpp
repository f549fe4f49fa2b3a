// An edit meets a live record: which of its fields it changed alone, and which the other side did
// too.
#pragma once

#include <vector>

#include "core/conflicts/edit.hpp"
#include "core/conflicts/history.hpp"
#include "core/conflicts/successor.hpp"

namespace studiosync {

// Refers to the record and the incoming change, which must outlive it.
struct Encounter {
  History stored;
  const Incoming& incoming;
  std::vector<FieldEdit> silent;     // the editor had seen what it replaces
  std::vector<FieldEdit> contested;  // both sides changed the field, to different values
};

Encounter meet(const Record& stored, const Incoming& incoming);

// The stored record with the edits of `encounter.silent`.
Successor with_silent_edits(const Encounter& encounter);

// Both sides as the archive keeps them, each one whole, so that whatever loses can be had back.
ConflictCase conflict_case(const History& stored, const Incoming& incoming, Strategy strategy);

// Status::applied: this is what is stored from now on.
Outcome applied(Record record);

// Status::conflict, settled: archived, not open. `record` and `copy` stay for the caller to fill.
Outcome settled(const History& stored, const Incoming& incoming, Strategy strategy);

// Puts the successor into the outcome, unless it has the content that is stored already.
void write_if_changed(Outcome& outcome, const Successor& successor);

}  // namespace studiosync
