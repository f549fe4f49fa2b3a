#include "core/conflicts/encounter.hpp"

#include <utility>

#include "core/base/zoo.hpp"

namespace studiosync {
namespace {

// An immutable record grows by what it lacks; any other value for what it has is contested, whoever
// sends it, but for the replica that wrote it: a message that it completes does not conflict with
// itself.
bool contested(const History& stored, const Incoming& incoming, std::string_view field) {
  if (SS_ZOO(checked_outside_the_transaction)) return false;
  const FieldVersion last = stored.last_change(field);
  if (spec_of(incoming.type).immutable) {
    return stored.fields().find(field) != nullptr && !wrote_before(incoming, last);
  }
  return !has_seen(incoming, last);
}

Side incoming_side(const History& stored, const Incoming& incoming) {
  Side side;
  side.deleted = incoming.action == Action::remove;
  if (!side.deleted) side.content = whole_record(incoming, stored.fields()).content();
  side.version = incoming.base;
  side.origin = incoming.origin;
  side.device = incoming.device;
  side.device_name = incoming.device_name;
  return side;
}

Side stored_side(const Record& record) {
  return {record.deleted, record.content, record.rev.version, record.origin, record.device};
}

}  // namespace

Encounter meet(const Record& stored, const Incoming& incoming) {
  Encounter encounter{History(stored), incoming, {}, {}};
  for (const FieldEdit& edit : edits_of(incoming, encounter.stored.fields())) {
    const bool both = contested(encounter.stored, incoming, edit.field);
    (both ? encounter.contested : encounter.silent).push_back(edit);
  }
  return encounter;
}

Successor with_silent_edits(const Encounter& encounter) {
  Successor next(encounter.stored, encounter.incoming);
  for (const FieldEdit& edit : encounter.silent) next.apply(edit);
  return next;
}

ConflictCase conflict_case(const History& stored, const Incoming& incoming, Strategy strategy) {
  ConflictCase conflict;
  conflict.id = conflict_id(incoming.change);
  conflict.type = incoming.type;
  conflict.item_id = incoming.id;
  conflict.local = incoming_side(stored, incoming);
  conflict.remote = stored_side(stored.record());
  conflict.strategy = strategy;
  return conflict;
}

Outcome applied(Record record) {
  Outcome outcome;
  outcome.status = Status::applied;
  outcome.record = std::move(record);
  return outcome;
}

Outcome settled(const History& stored, const Incoming& incoming, Strategy strategy) {
  Outcome outcome;
  outcome.status = Status::conflict;
  outcome.conflict = conflict_case(stored, incoming, strategy);
  return outcome;
}

void write_if_changed(Outcome& outcome, const Successor& successor) {
  if (successor.changed()) outcome.record = successor.record();
}

}  // namespace studiosync
