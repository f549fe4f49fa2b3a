#include "e2e/checkers/survival.hpp"

#include <algorithm>

#include "e2e/checkers/redaction.hpp"

namespace studiosync::e2e::judging {
namespace {

using Where = Holding::Where;

// Chains of edits that were each taken back; real ones are short.
constexpr int depth_max = 16;

// How long conflicts that are settled are kept (core/sync/retention.hpp).
constexpr Millis archive_kept{30LL * 24 * 3600 * 1000};

bool names(const Facts& facts, FieldNo field) {
  const std::string_view name = facts.contents.name(field);
  return name == "name" || name == "title";
}

// What an edit put in the place of a value that its editor saw. A delete takes along that a field
// was empty, too; of real processes nobody may know what was deleted.
std::optional<FieldChange> replacing(const Edit& edit, FieldNo field, ValueNo value) {
  const auto change = std::ranges::find_if(edit.changes, [&](const FieldChange& made) {
    return made.field == field && made.from == value;
  });
  if (change != edit.changes.end()) return *change;
  const bool saw_it = edit.what->before.empty() || edit.before->value(field) == value;
  if (!edit.deletes() || !saw_it) return std::nullopt;
  return FieldChange{field, value, ValueNo::absent};
}

}  // namespace

bool Survival::absorbed(const Edit& edit) const {
  const RecordFacts& record = facts_.record(edit.record);
  if (record.served != nullptr && absorbing(*record.served)) return true;
  // What is created in the place of a tombstone that was collected is another life.
  Index reborn = none;
  for (auto at = record.commits.rbegin(); at != record.commits.rend(); ++at) {
    const Commit& commit = facts_.commits[*at];
    const bool tombstone = absorbing(commit.row());
    if (commit.undone != none && !(tombstone && given_back_upon(record, commit))) continue;
    if (tombstone) return edit.event < reborn;
    if (std::ranges::find(edit.carriers, commit.change) != edit.carriers.end()) return false;
    reborn = commit.event;
  }
  if (edit.accepted != none && absorbed_then(record, facts_.acks[edit.accepted].event)) return true;
  return withdrawn_since(edit);
}

// Whether such a tombstone stood at that moment: a restore may have undone it later.
bool Survival::absorbed_then(const RecordFacts& record, Index moment) const {
  for (auto at = record.commits.rbegin(); at != record.commits.rend(); ++at) {
    const Commit& commit = facts_.commits[*at];
    if (commit.event < moment && commit.undone > moment) return absorbing(commit.row());
  }
  return false;
}

// Whether the tombstone came after what the server wrote for the edit, or to its device before
// that.
bool Survival::withdrawn_since(const Edit& edit) const {
  Index written = none;
  for (const Index carrier : edit.carriers) {
    for (const Index at : facts_.changes[carrier].commits) {
      const Commit& commit = facts_.commits[at];
      if (commit.undone == none && commit.record == edit.record) written = commit.event;
    }
  }
  const RecordFacts& record = facts_.record(edit.record);
  return std::ranges::any_of(record.commits, [&](Index at) {
    const Commit& commit = facts_.commits[at];
    if (!absorbing(commit.row())) return false;
    if (commit.undone != none && !edit.carriers.empty()) return false;
    if (written != none) return written < commit.event;
    return std::ranges::any_of(record.learned, [&](const Learned& learned) {
      return learned.lane == edit.lane && learned.event > edit.event &&
             learned.rev == commit.row().rev;
    });
  });
}

// Whether a restore undid the tombstone and what came after it, and a device has given that back:
// with it the server has what the tombstone was part of.
bool Survival::given_back_upon(const RecordFacts& record, const Commit& tombstone) const {
  return std::ranges::any_of(record.commits, [&](Index at) {
    const Commit& made = facts_.commits[at];
    if (made.event < tombstone.event || made.undone == none) return false;
    return std::ranges::any_of(record.commits, [&](Index later) {
      const Commit& again = facts_.commits[later];
      return again.undone == none && again.event > made.undone && again.row().rev == made.row().rev;
    });
  });
}

// Whether something holds of the edit's record, or of a copy of it that the edit has reached.
template <class Holds>
bool Survival::of_it_or_a_copy(const Edit& edit, const Holds& holds) const {
  return holds(facts_.record(edit.record)) || std::ranges::any_of(edit.copies, [&](RecordNo copy) {
           return holds(facts_.record(copy));
         });
}

// Whether something holds of a copy that may be of the record's line. What others' copies have says
// nothing: many records share a value as `true`.
template <class Holds>
bool Survival::of_a_copy(const RecordFacts& record, const Holds& holds) const {
  return std::ranges::any_of(facts_.copies, [&](RecordNo number) {
    const RecordFacts& copy = facts_.record(number);
    return copy.type == record.type && copy.user == record.user && akin(copy, record) &&
           holds(copy);
  });
}

bool Survival::held(const RecordFacts& record, FieldNo field, ValueNo value) const {
  return std::ranges::any_of(record.holdings, [&](const Holding& holding) {
    // Of what was put aside or refused there may be some fields only, which says nothing of others.
    const bool part = holding.where == Where::original || holding.where == Where::rejected;
    if (value == ValueNo::absent && part) return holding.content->names(field);
    return holding.content->value(field) == value;
  });
}

bool Survival::held_in_copy(const RecordFacts& record, FieldNo field, ValueNo value) const {
  const bool name = names(facts_, field);
  return of_a_copy(record, [&](const RecordFacts& copy) {
    if (held(copy, field, value)) return true;
    return name && std::ranges::any_of(copy.holdings, [&](const Holding& holding) {
             return copied_name(facts_.contents.text(value),
                                facts_.contents.text(holding.content->value(field)));
           });
  });
}

bool Survival::expired_from_archive(const RecordFacts& record, FieldNo field, ValueNo value) const {
  const WallTime end = facts_.history->back().at;
  return std::ranges::any_of(record.disputes, [&](Index at) {
    const Dispute& dispute = facts_.disputes[at];
    const Index event = facts_.commits[dispute.commit].event;
    const bool old = end - facts_.event(event).at >= archive_kept;
    if (!old && !facts_.collected_after(record.user, event)) return false;
    return dispute.local->value(field) == value || dispute.remote->value(field) == value;
  });
}

bool Survival::present(const Edit& edit, FieldNo field, ValueNo value) const {
  const RecordFacts& record = facts_.record(edit.record);
  return held(record, field, value) || held_in_copy(record, field, value) ||
         of_it_or_a_copy(edit, [&](const RecordFacts& either) {
           return expired_from_archive(either, field, value);
         });
}

// Whether the edit only takes back, before anything was sent, what its device had done: its value
// is an older one, which others may have replaced before.
bool Survival::takes_back(Index at, FieldNo field) const {
  const Edit& edit = facts_.edits[at];
  const auto change_of = [&](const Edit& any) {
    return std::ranges::find(any.changes, field, &FieldChange::field);
  };
  const auto own = change_of(edit);
  const bool sent = !edit.carriers.empty();
  const std::vector<Index>& together =
      sent ? facts_.changes[edit.carriers.front()].edits : facts_.record(edit.record).edits;
  const auto first = std::ranges::find_if(together, [&](Index other) {
    const Edit& before = facts_.edits[other];
    const bool open = before.accepted == none || facts_.acks[before.accepted].event > edit.event;
    const bool of_one_journey = sent || (open && facts_.made_on(edit.lane, edit.event, before));
    return of_one_journey && change_of(before) != before.changes.end();
  });
  if (own == edit.changes.end() || first == together.end() || *first >= at) return false;
  return change_of(facts_.edits[*first])->from == own->to;
}

// Whether an edit put something in the place of a value that its editor saw.
bool Survival::replaces(Index at, FieldNo field, ValueNo value, int depth) const {
  const Edit& edit = facts_.edits[at];
  const auto change = replacing(edit, field, value);
  if (!change) return false;
  const bool taken = edit.accepted != none || written_at(edit) != none;
  return taken || edit.taken_back == none || accounted(at, *change, depth + 1);
}

// The commit by which the server has an edit in its record.
Index Survival::written_at(const Edit& edit) const {
  for (const Index carrier : edit.carriers) {
    for (const Index at : facts_.changes[carrier].commits) {
      if (facts_.commits[at].record == edit.record) return at;
    }
  }
  return none;
}

// The commit that gave a record a version, before an event.
Index Survival::version_at(const RecordFacts& record, const Rev& rev, Index event) const {
  const auto found = std::ranges::find_if(record.commits, [&](Index at) {
    return facts_.commits[at].event < event && facts_.commits[at].row().rev == rev;
  });
  return found == record.commits.end() ? none : *found;
}

bool Survival::found_unchanged(const Edit& edit) const {
  return edit.accepted != none && facts_.acks[edit.accepted].outcome() == Status::unchanged;
}

// The version that a device knew of a record last, before an event.
Index Survival::known_version(const RecordFacts& record, const Freeze& freeze) const {
  Index known = none;
  for (const Learned& learned : record.learned) {
    if (learned.lane != freeze.lane || learned.event > freeze.event) continue;
    known = version_at(record, learned.rev, freeze.event);
  }
  return known;
}

// The versions of its record, commits, that an edit met: those that it was based on and that its
// device knew when it was sent, and the server's.
std::vector<Index> Survival::met(const Edit& edit) const {
  const RecordFacts& record = facts_.record(edit.record);
  std::vector<Index> versions;
  for (const Index carrier : edit.carriers) {
    for (const Index at : facts_.changes[carrier].freezes) {
      const Freeze& freeze = facts_.freezes[at];
      versions.push_back(version_at(record, freeze.what->base, freeze.event));
      versions.push_back(known_version(record, freeze));
    }
  }
  if (const Index own = written_at(edit); own != none) {
    versions.push_back(facts_.commits[own].before);
  }
  // Also of one that a restore undid: it came once more, and met what was given back.
  if (found_unchanged(edit)) {
    const Ack& ack = facts_.acks[edit.accepted];
    versions.push_back(version_at(record, ack.what->rev, ack.event));
  }
  return versions;
}

// Whether an edit found its own value there, of another one that had written it before.
bool Survival::repeats(const Edit& edit, const Edit& other, FieldNo field, ValueNo value) const {
  if (!facts_.has_commits()) return found_unchanged(edit) && other.accepted != none;
  const Index written = written_at(other);
  if (written == none) return false;
  return std::ranges::any_of(met(edit), [&](Index at) {
    while (at != none && facts_.commits[at].content->value(field) == value) {
      if (at == written) return true;
      at = facts_.commits[at].before;
    }
    return false;
  });
}

// The first of the edits that are one value to the server: who has seen one of them has seen all.
Index Survival::first_of_same(Index edit, FieldNo field, ValueNo value) const {
  const Edit& it = facts_.edits[edit];
  const auto& edits = facts_.record(it.record).edits;
  const auto first = std::ranges::find_if(edits, [&](Index at) {
    const Edit& other = facts_.edits[at];
    const bool same = std::ranges::any_of(other.changes, [&](const FieldChange& change) {
      return change.field == field && change.to == value;
    });
    return same && (repeats(it, other, field, value) || repeats(other, it, field, value));
  });
  return first == edits.end() ? edit : std::min(edit, *first);
}

// Whether an edit went to the server as a delete: otherwise something was made anew over it.
bool Survival::sent_as_delete(const Edit& edit) const {
  return edit.deletes() && std::ranges::any_of(edit.carriers, [&](Index carrier) {
           return std::ranges::any_of(facts_.changes[carrier].freezes, [&](Index at) {
             return facts_.freezes[at].what->action == Action::remove;
           });
         });
}

bool Survival::replaced_since(Index since, Index edit, FieldNo field, ValueNo value,
                              int depth) const {
  // What the server took does not give way to a text that its author has discarded since, and that
  // no history of the server had: another device may give that back. Nothing does to a delete that
  // was sent as one, and given up.
  const bool taken = facts_.edits[edit].accepted != none;
  const auto discarded = [&](const Edit& other) {
    return other.given_up != none && other.accepted == none && written_at(other) == none;
  };
  const auto replaced_in = [&](const RecordFacts& record) {
    return std::ranges::any_of(record.edits, [&](Index at) {
      const bool stays = (taken || sent_as_delete(facts_.edits[at])) && discarded(facts_.edits[at]);
      return at >= since && at != edit && !stays && replaces(at, field, value, depth);
    });
  };
  const RecordFacts& record = facts_.record(facts_.edits[edit].record);
  return replaced_in(record) || of_a_copy(record, replaced_in);
}

// By somebody who edited later: before it nobody can have seen it, though he replaced an equal
// value.
bool Survival::superseded(Index edit, FieldNo field, ValueNo value, int depth) const {
  const Index since = takes_back(edit, field) ? 0 : edit + 1;
  if (replaced_since(since, edit, field, value, depth)) return true;
  const Index first = first_of_same(edit, field, value);
  return first < edit && replaced_since(first + 1, edit, field, value, depth);
}

// What a commit made of an edit: of the record of a conflict that the edit met, or that its
// record's copy met, its side there.
const Content& Survival::written(Index commit) const {
  const auto dispute = std::ranges::lower_bound(facts_.disputes, commit, {}, &Dispute::commit);
  const bool found = dispute != facts_.disputes.end() && dispute->commit == commit;
  return found ? *dispute->local : *facts_.commits[commit].content;
}

// The value that the server stored for this edit where it redacted the one that was written.
std::optional<ValueNo> Survival::as_stored(const Edit& edit, const FieldChange& change) const {
  if (!facts_.has_commits()) return as_seen_redacted(edit, change);
  for (const Index carrier : edit.carriers) {
    for (const Index at : facts_.changes[carrier].commits) {
      const ValueNo stored = written(at).value(change.field);
      if (stored == ValueNo::absent) continue;
      if (redaction_of(facts_.contents.text(change.to), facts_.contents.text(stored))) {
        return stored;
      }
    }
  }
  return std::nullopt;
}

// Where nobody says what the server wrote, somebody may have seen it, or has it at the end.
std::optional<ValueNo> Survival::as_seen_redacted(const Edit& edit,
                                                  const FieldChange& change) const {
  const auto redacted = [&](ValueNo value) {
    return redaction_of(facts_.contents.text(change.to), facts_.contents.text(value));
  };
  std::optional<ValueNo> seen;
  const auto look = [&](const Content& content) {
    if (const ValueNo value = content.value(change.field); redacted(value)) seen = value;
    return seen.has_value();
  };
  (void)of_it_or_a_copy(edit, [&](const RecordFacts& record) {
    return std::ranges::any_of(record.holdings,
                               [&](const Holding& holding) { return look(*holding.content); }) ||
           std::ranges::any_of(record.edits,
                               [&](Index at) { return look(*facts_.edits[at].before); });
  });
  return seen;
}

// Whether the device began with an empty database since: what it knew was of an account that was
// reset, or of one whose reset a restore undid. The database that it set aside has to have it.
bool Survival::put_aside(RecordNo record, Version version, const Learned& learned) const {
  const bool anew = std::ranges::any_of(facts_.turns, [&](const Turn& turn) {
    return turn.what->what == Turned::What::set_aside && turn.what->detail == "reset" &&
           turn.lane == learned.lane && turn.event > learned.event;
  });
  const DeviceState* last = facts_.lane(learned.lane).last;
  if (!anew || last == nullptr) return false;
  const RecordFacts& known = facts_.record(record);
  return std::ranges::any_of(last->aside, [&](const DeviceRecord& kept) {
    return kept.type == known.type && kept.id == known.id && kept.shadow &&
           kept.shadow->rev.version >= version;
  });
}

bool Survival::forgotten_by_all(RecordNo record, Version version, Index restore) const {
  return std::ranges::none_of(facts_.record(record).learned, [&](const Learned& learned) {
    if (learned.rev.version < version || learned.event > restore) return false;
    const LaneFacts& lane = facts_.lane(learned.lane);
    if (facts_.gone_by(learned.lane, restore) || put_aside(record, version, learned)) return false;
    if (facts_.lost_in_crash(learned.lane, learned.event, restore)) return false;
    const bool set_back = std::ranges::any_of(lane.restores, [&](const auto& setback) {
      return setback.first < learned.event && learned.event < setback.second;
    });
    return lane.last != nullptr && !set_back;
  });
}

// Whether a conflict that had the text went on without it before the restore that undid both: the
// text was in the archive then, which no device has.
bool Survival::archived_before_restore(const RecordFacts& record, const FieldChange& change) const {
  const auto has_it = [&](const Dispute& dispute) {
    return dispute.local->value(change.field) == change.to ||
           dispute.remote->value(change.field) == change.to;
  };
  return std::ranges::any_of(record.disputes, [&](Index at) {
    const Dispute& dispute = facts_.disputes[at];
    const Commit& commit = facts_.commits[dispute.commit];
    if (commit.undone == none || !has_it(dispute)) return false;
    const Dispute* last = &dispute;
    for (const Index other : record.disputes) {
      const Commit& later = facts_.commits[facts_.disputes[other].commit];
      if (later.record == commit.record && later.undone == commit.undone) {
        last = &facts_.disputes[other];
      }
    }
    return !has_it(*last);
  });
}

// Of what may have turned private nothing is kept, where its tombstone may be collected by now.
bool Survival::maybe_withdrawn(const Commit& lost) const {
  const RecordFacts& record = facts_.record(lost.record);
  return record.type == EntityType::query_history &&
         facts_.collected_after(record.user, lost.undone);
}

// Where nobody says who else knew of it.
bool Survival::taken_back_here_and_there(const Edit& edit) const {
  const Index accepted = facts_.acks[edit.accepted].event;
  return edit.taken_back != none && std::ranges::any_of(facts_.server_restores, [&](Index restore) {
           return restore > accepted;
         });
}

// Whether the server has not written the value, of an edit that it refused: of one whose fields
// went with several changes it may have taken others. What a restore undid it may refuse then. A
// tombstone has no fields: that one is empty in it says nothing of who emptied it.
bool Survival::refused(const Edit& edit, const FieldChange& change) const {
  Index refused = none;
  for (const Index carrier : edit.carriers) {
    for (const Index at : facts_.changes[carrier].acks) {
      const Ack& ack = facts_.acks[at];
      const bool again = ack.what->error == ErrorCode::resync_required;
      if (ack.outcome() == Status::rejected && !again) refused = ack.event;
    }
  }
  if (refused == none) return false;
  return std::ranges::none_of(edit.carriers, [&](Index carrier) {
    return std::ranges::any_of(facts_.changes[carrier].commits, [&](Index at) {
      const ValueNo stored = written(at).value(change.field);
      return facts_.commits[at].undone > refused && !facts_.commits[at].row().deleted &&
             (stored == change.to ||
              redaction_of(facts_.contents.text(change.to), facts_.contents.text(stored)));
    });
  });
}

// An edit may go where its user gave it up, where its device was set back before the server had it,
// or where a restore of the server met no device that still knew.
bool Survival::excused(const Edit& edit, const FieldChange& change) const {
  const bool kept_by_device = edit.accepted == none || refused(edit, change);
  if (kept_by_device && edit.taken_back != none) return true;
  const bool given_up =
      edit.given_up != none || (edit.left_given_up && edit.left_behind.contains(change.field));
  if (given_up && refused(edit, change)) return true;
  if (edit.accepted == none) return false;
  if (!facts_.has_commits() && taken_back_here_and_there(edit)) return true;
  const bool archived = of_it_or_a_copy(
      edit, [&](const RecordFacts& either) { return archived_before_restore(either, change); });
  if (archived) return true;
  for (const Index carrier : edit.carriers) {
    for (const Index at : facts_.changes[carrier].commits) {
      const Commit& commit = facts_.commits[at];
      if (commit.undone == none) continue;
      if (maybe_withdrawn(commit)) return true;
      if (forgotten_by_all(commit.record, commit.row().rev.version, commit.undone)) return true;
    }
  }
  return false;
}

bool Survival::accounted(Index at, const FieldChange& change, int depth) const {
  if (depth > depth_max) return true;
  const Edit& edit = facts_.edits[at];
  if (present(edit, change.field, change.to)) return true;
  if (superseded(at, change.field, change.to, depth)) return true;
  if (const auto stored = as_stored(edit, change)) {
    if (present(edit, change.field, *stored)) return true;
    if (superseded(at, change.field, *stored, depth)) return true;
  }
  if (edit.deletes()) {
    const RecordFacts& record = facts_.record(edit.record);
    return record.served == nullptr || record.served->deleted;
  }
  return excused(edit, change);
}

}  // namespace studiosync::e2e::judging
