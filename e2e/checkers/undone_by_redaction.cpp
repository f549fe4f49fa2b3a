// Only what leaves is redacted: the user's own text stays on the device where it was written.
#include <algorithm>

#include "e2e/checkers/invariants.hpp"
#include "e2e/checkers/redaction.hpp"
#include "e2e/checkers/survival.hpp"

namespace studiosync::e2e::judging {
namespace {

// Whether the server has the field otherwise than it was written, for the sanitizer's sake.
bool was_redacted(const Facts& facts, const Edit& edit, const FieldChange& change) {
  return std::ranges::any_of(edit.carriers, [&](Index carrier) {
    return std::ranges::any_of(facts.changes[carrier].commits, [&](Index at) {
      const ValueNo stored = facts.commits[at].content->value(change.field);
      return stored != ValueNo::absent &&
             redaction_of(facts.contents.text(change.to), facts.contents.text(stored));
    });
  });
}

bool edited_since(const Facts& facts, const std::vector<Index>& edits, const Edit& edit,
                  const FieldChange& change) {
  return std::ranges::any_of(edits, [&](Index at) {
    const Edit& later = facts.edits[at];
    if (later.lane != edit.lane || later.event <= edit.event) return false;
    return later.before->value(change.field) == change.to &&
           later.after->value(change.field) != change.to;
  });
}

bool on_device(const Facts& facts, RecordNo number, const Edit& edit, const FieldChange& change) {
  const DeviceState& state = *facts.lane(edit.lane).last;
  const RecordFacts& record = facts.record(number);
  const std::string_view field = facts.contents.name(change.field);
  const std::string_view text = facts.contents.text(change.to);
  const auto shows = [&](const DeviceRecord& kept) {
    const bool same = kept.id == record.id || kept.id.starts_with("c-");
    return same && kept.type == record.type && member_of(kept.content, field) == text;
  };
  return std::ranges::any_of(state.records, shows) || std::ranges::any_of(state.aside, shows) ||
         std::ranges::any_of(state.originals, [&](const Original& original) {
           return original.field == field && original.value == text;
         });
}

// A copy takes all of its loser's text along, earlier edits' too.
bool edited_in_copy(const Facts& facts, const Edit& edit, const FieldChange& change) {
  return std::ranges::any_of(facts.copies, [&](RecordNo number) {
    const RecordFacts& copy = facts.record(number);
    return copy.type == edit.what->type && copy.user == edit.what->user &&
           edited_since(facts, copy.edits, edit, change);
  });
}

bool kept(const Facts& facts, const Edit& edit, const FieldChange& change) {
  return on_device(facts, edit.record, edit, change) ||
         edited_since(facts, facts.record(edit.record).edits, edit, change) ||
         edited_in_copy(facts, edit, change);
}

// Originals are kept for 90 days of the device's clock, and go with a database that is set aside.
bool may_be_gone(const Facts& facts, const Edit& edit) {
  return std::ranges::any_of(facts.turns, [&](const Turn& turn) {
    const Turned::What what = turn.what->what;
    const bool reason = what == Turned::What::clock_changed || what == Turned::What::set_aside;
    return reason && turn.lane == edit.lane && turn.event > edit.event;
  });
}

}  // namespace

void undone_by_redaction(const Facts& facts, Report& report) {
  const Survival survival(facts);
  for (const Edit& edit : facts.edits) {
    if (edit.what->local_only || edit.deletes() || edit.carriers.empty()) continue;
    const LaneFacts& lane = facts.lane(edit.lane);
    const bool judgeable = lane.last != nullptr && lane.restores.empty() &&
                           !facts.reset_after(edit.what->user, edit.event) &&
                           !may_be_gone(facts, edit);
    if (!judgeable) continue;
    for (const FieldChange& change : edit.changes) {
      if (!was_redacted(facts, edit, change) || kept(facts, edit, change)) continue;
      if (survival.absorbed(edit)) continue;
      report.add(edit.event, edit.record,
                 std::string(facts.contents.name(change.field)) +
                     " was redacted for the server, and its original is gone from the device");
    }
  }
}

}  // namespace studiosync::e2e::judging
