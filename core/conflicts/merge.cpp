#include <algorithm>

#include "core/conflicts/field_merge.hpp"
#include "core/conflicts/strategies.hpp"

namespace studiosync {
namespace {

void merge_field(Successor& next, const Encounter& encounter, const FieldEdit& edit) {
  const Incoming& incoming = encounter.incoming;
  const FieldSide stored{encounter.stored.fields().find(edit.field),
                         encounter.stored.last_change(edit.field).origin};
  const FieldSide ours{edit.value, origin_of(incoming, edit.field)};
  const FieldSpec* spec = find_field(spec_of(incoming.type), edit.field);
  const Merged merged = merge_values(spec, stored, ours);
  switch (merged.winner) {
    case Merged::Winner::stored:
      return;
    case Merged::Winner::incoming:
      return next.apply(edit);
    // Later than both sides, so that the same edit again changes nothing.
    case Merged::Winner::neither:
      return next.set(edit.field, merged.value,
                      std::max(stored.origin.stamp, ours.origin.stamp).next());
  }
}

}  // namespace

Outcome merge(const Encounter& encounter) {
  Outcome outcome = settled(encounter.stored, encounter.incoming, Strategy::merge);
  Successor next = with_silent_edits(encounter);
  if (!spec_of(encounter.incoming.type).immutable) {
    for (const FieldEdit& edit : encounter.contested) merge_field(next, encounter, edit);
  }
  write_if_changed(outcome, next);
  return outcome;
}

}  // namespace studiosync
