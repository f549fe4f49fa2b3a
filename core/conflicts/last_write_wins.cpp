#include "core/base/zoo.hpp"
#include "core/conflicts/strategies.hpp"

namespace studiosync {

Outcome last_write_wins(const Encounter& encounter) {
  const Incoming& incoming = encounter.incoming;
  Outcome outcome = settled(encounter.stored, incoming, Strategy::last_write_wins);
  Successor next = with_silent_edits(encounter);
  for (const FieldEdit& edit : encounter.contested) {
    // The field's own age: the record's would let an old value win because its neighbour is new.
    const Origin now = origin_of(incoming, edit.field);
    const Origin theirs = encounter.stored.last_change(edit.field).origin;
    if (SS_ZOO(record_stamp_decides) && !newer(now, encounter.stored.record().origin)) continue;
    if (SS_ZOO(older_write_wins) && newer(now, theirs)) continue;
    if (SS_ZOO(ties_go_by_arrival) && now.stamp == theirs.stamp) next.apply(edit);
    if (SS_ZOO(last_arrival_wins) || SS_ZOO(older_write_wins)) next.apply(edit);
    if (newer(now, theirs)) next.apply(edit);
  }
  write_if_changed(outcome, next);
  return outcome;
}

}  // namespace studiosync
