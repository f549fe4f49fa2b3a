// What must not leave a device must not get lost on it either: nobody else has it.
#include <algorithm>

#include "e2e/checkers/invariants.hpp"

namespace studiosync::e2e::judging {
namespace {

const DeviceRecord* find_kept(const DeviceState& state, const RecordFacts& record) {
  const auto at = std::ranges::find_if(state.records, [&](const DeviceRecord& kept) {
    return kept.type == record.type && kept.id == record.id;
  });
  return at == state.records.end() ? nullptr : &*at;
}

// The last edit of the record that its lane's device still knows of.
bool is_last_here(const Facts& facts, Index at) {
  const Edit& edit = facts.edits[at];
  return std::ranges::none_of(facts.record(edit.record).edits, [&](Index other) {
    const Edit& later = facts.edits[other];
    return other > at && later.lane == edit.lane && later.taken_back == none;
  });
}

}  // namespace

void lost_local(const Facts& facts, Report& report) {
  for (Index at = 0; at < facts.edits.size(); ++at) {
    const Edit& edit = facts.edits[at];
    const DeviceState* state = facts.lane(edit.lane).last;
    if (!edit.what->local_only || edit.deletes() || edit.taken_back != none) continue;
    if (state == nullptr || !is_last_here(facts, at)) continue;
    const DeviceRecord* kept = find_kept(*state, facts.record(edit.record));
    if (kept != nullptr && kept->content == edit.what->after) continue;
    report.add(edit.event, edit.record,
               "a record that stays on its device is not there any more as its user left it");
  }
}

}  // namespace studiosync::e2e::judging
