#include "core/conflicts/resolve.hpp"

#include <algorithm>
#include <utility>

#include "core/base/zoo.hpp"
#include "core/conflicts/deletes.hpp"
#include "core/conflicts/strategies.hpp"

namespace studiosync {
namespace {

Outcome gone() {
  Outcome outcome;
  outcome.status = Status::rejected;
  outcome.error = Error{.code = ErrorCode::record_gone,
                        .message = "the version that was edited is not in this history"};
  return outcome;
}

// A create under the id of a record that turned private or expired: never stored, so its author
// must hear of it; "unchanged" would take the author's own row away.
Outcome withdrawn() {
  Outcome outcome;
  outcome.status = Status::rejected;
  outcome.error = Error{.code = ErrorCode::validation_error,
                        .message = "this id was withdrawn; store the record under a new id"};
  return outcome;
}

// Copies of some types make no sense (two preferences under one key): there the registry decides.
Strategy effective(const EntitySpec& spec, Strategy strategy) {
  return strategy == Strategy::keep_both && !spec.copies_allowed ? spec.strategy : strategy;
}

// The edited version is from before a restore; its number may be in use again, for other content.
bool from_another_history(const Record& stored, const Incoming& incoming) {
  if (SS_ZOO(epochs_are_not_compared)) return false;
  if (incoming.base > stored.rev.version) return true;
  return incoming.base_epoch && incoming.base_epoch != stored.rev.epoch &&
         incoming.base >= stored.rev.version;
}

// What turned private may be unknown here because a restore took it away; a device that still has
// it must not bring it back.
bool may_come_back(const Incoming& incoming) {
  if (SS_ZOO(unknown_privates_leave_no_tombstone)) return false;
  return incoming.base && incoming.reason == reason_private;
}

Outcome meet_nothing(const Incoming& incoming) {
  if (incoming.action == Action::remove) {
    return may_come_back(incoming) ? applied(buried_unseen(incoming)) : Outcome{};
  }
  if (incoming.base && !SS_ZOO(push_below_the_floor)) return gone();
  if (!removes_fields(incoming)) return applied(created(incoming, incoming.fields));
  return applied(created(incoming, whole_record(incoming, {})));
}

// Of a plain client's partial edit the absent fields are the stored ones: the result is the record
// that its editor had in mind only if it had seen all of them.
bool had_all_in_mind(const Encounter& encounter) {
  if (encounter.incoming.changed) return true;
  return std::ranges::all_of(encounter.stored.last_changes(), [&](const FieldVersion& change) {
    return has_seen(encounter.incoming, change);
  });
}

Outcome without_conflict(const Encounter& encounter) {
  Outcome outcome;
  const Successor next = with_silent_edits(encounter);
  write_if_changed(outcome, next);
  if (!outcome.record) return outcome;
  const bool as_sent = had_all_in_mind(encounter) &&
                       next.fields() == whole_record(encounter.incoming, encounter.stored.fields());
  outcome.status = as_sent ? Status::applied : Status::merged;
  return outcome;
}

Outcome edit_live(const Record& stored, const Incoming& incoming, Strategy strategy) {
  const Encounter encounter = meet(stored, incoming);
  if (encounter.contested.empty()) return without_conflict(encounter);
  if (spec_of(incoming.type).immutable) return merge(encounter);
  switch (strategy) {
    case Strategy::last_write_wins:
      return last_write_wins(encounter);
    case Strategy::keep_both:
      return keep_both(encounter);
    case Strategy::merge:
      return merge(encounter);
    case Strategy::user_choice:
      return user_choice(encounter.stored, incoming);
  }
  return {};
}

}  // namespace

Outcome resolve(const Record* stored, const Incoming& incoming, Strategy strategy) {
  if (stored == nullptr) return meet_nothing(incoming);
  const Strategy chosen = effective(spec_of(incoming.type), strategy);
  const bool deletion = incoming.action == Action::remove;
  // A record that turns private must go, whatever its history.
  if (deletion && (stored->deleted || incoming.reason == reason_private)) {
    return delete_record(*stored, incoming, chosen);
  }
  if (absorbing(*stored)) return deletion || incoming.base ? Outcome{} : withdrawn();
  if (from_another_history(*stored, incoming)) return gone();
  if (deletion) return delete_record(*stored, incoming, chosen);
  if (stored->deleted) return edit_deleted(*stored, incoming, chosen);
  return edit_live(*stored, incoming, chosen);
}

}  // namespace studiosync
