#include "core/conflicts/strategies.hpp"

namespace studiosync {

Outcome last_write_wins(const Encounter& encounter) {
  const Incoming& incoming = encounter.incoming;
  Outcome outcome = settled(encounter.stored, incoming, Strategy::last_write_wins);
  const Origin now = authored(incoming.origin, incoming.device);
  Successor next = with_silent_edits(encounter);
  for (const FieldEdit& edit : encounter.contested) {
    // The field's own age: the record's would let an old value win because its neighbour is new.
    if (newer(now, encounter.stored.last_change(edit.field).origin)) next.apply(edit);
  }
  write_if_changed(outcome, next);
  return outcome;
}

}  // namespace studiosync
