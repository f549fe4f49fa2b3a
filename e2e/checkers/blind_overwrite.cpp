// Nobody's value gives way silently to an editor who never saw it: that is what conflicts are for.
#include <algorithm>

#include "e2e/checkers/invariants.hpp"
#include "e2e/checkers/redaction.hpp"

namespace studiosync::e2e::judging {
namespace {

class Overwrites {
 public:
  Overwrites(const Facts& facts, Report& report) : facts_(facts), report_(report) {}

  void run() {
    for (const Commit& commit : facts_.commits) {
      if (!judgeable(commit)) continue;
      if (const Record* tombstone = deleted_before(commit)) {
        judge_return(commit, *tombstone);
      } else if (commit.before != none) {
        judge(commit);
      }
    }
  }

 private:
  bool judgeable(const Commit& commit) const {
    if (commit.change == none) return false;
    if (commit.row().type == EntityType::conflict || absorbing(commit.row())) return false;
    const Change& change = facts_.changes[commit.change];
    // What was written before was seen when it was written: a reconciliation repeats it.
    const bool first = &facts_.commits[change.commits.front()] == &commit;
    return first && !change.edits.empty() && !made_conflict(change);
  }

  bool made_conflict(const Change& change) const {
    return std::ranges::any_of(change.commits, [&](Index at) {
      return facts_.commits[at].row().type == EntityType::conflict;
    });
  }

  // The tombstone that the row came after, also where it was collected meanwhile.
  const Record* deleted_before(const Commit& commit) const {
    const Record* last = nullptr;
    for (const Index at : facts_.record(commit.record).commits) {
      const Commit& earlier = facts_.commits[at];
      if (&earlier == &commit) break;
      if (earlier.undone >= commit.event) last = &earlier.row();
    }
    return last != nullptr && last->deleted ? last : nullptr;
  }

  // After a restore of the server versions cannot be compared. What it does later changes nothing
  // about a row that it has written already.
  bool restored_before(const Commit& commit) const {
    return std::ranges::any_of(facts_.server_restores,
                               [&](Index restore) { return restore < commit.event; });
  }

  // Who edits a record that others deleted meanwhile has not seen that either.
  void judge_return(const Commit& commit, const Record& tombstone) {
    if (restored_before(commit)) return;
    const Change& change = facts_.changes[commit.change];
    if (commit.row().deleted || change.freezes.empty()) return;
    const Freeze& freeze = facts_.freezes[change.freezes.front()];
    const Rev base = freeze.what->base;
    const bool older = base.version && base.version < tombstone.rev.version;
    if (!older || tombstone.origin.replica == freeze.what->replica) return;
    report_.add(commit.event, commit.record,
                "was deleted, and is back by change " + to_string(change.id) +
                    ", whose author never saw that, without a conflict");
  }

  void judge(const Commit& commit) {
    const Content& before = *facts_.commits[commit.before].content;
    for (const Field& field : before.fields()) {
      if (commit.content->value(field.name) != field.value) judge(commit, field);
    }
    for (const Field& field : commit.content->fields()) {
      const bool fresh = before.value(field.name) == ValueNo::absent;
      if (fresh) judge(commit, {field.name, ValueNo::absent});
    }
  }

  void judge(const Commit& commit, const Field& old) {
    const Change& change = facts_.changes[commit.change];
    for (const Index edit : change.edits) {
      if (saw(facts_.edits[edit], commit, old)) return;
      if (met(facts_.edits[edit], commit.record, old)) return;
    }
    report_.add(commit.event, commit.record,
                std::string(facts_.contents.name(old.name)) + " was " + shown(facts_, old.value) +
                    " and became " + shown(facts_, commit.content->value(old.name)) +
                    " by change " + to_string(change.id) +
                    ", whose author never saw that, without a conflict");
  }

  bool saw(const Edit& edit, const Commit& commit, const Field& old) const {
    const ValueNo seen = edit.before->value(old.name);
    if (same(seen, old.value)) return true;
    const std::string_view original = facts_.contents.text(seen);
    return copied_name(original, facts_.contents.text(old.value)) ||
           saw_its_successor(edit, commit, old);
  }

  // The server may have it redacted.
  bool same(ValueNo shown, ValueNo stored) const {
    return shown == stored ||
           redaction_of(facts_.contents.text(shown), facts_.contents.text(stored));
  }

  // What a device's user wrote or replaced before counts as seen.
  bool met(const Edit& edit, RecordNo record, const Field& old) const {
    const auto of_it = [&](Index at) {
      const Edit& earlier = facts_.edits[at];
      return facts_.made_on(edit.lane, edit.event, earlier) &&
             (same(earlier.after->value(old.name), old.value) ||
              same(earlier.before->value(old.name), old.value));
    };
    return std::ranges::any_of(facts_.record(edit.record).edits, of_it) ||
           std::ranges::any_of(facts_.record(record).edits, of_it);
  }

  // A field's value that a commit found in its place.
  struct Found {
    const RecordFacts& record;  // that the author edited
    const Field& field;
    Index commit;  // event
  };

  // The value is back because a restore took away the edits that had replaced it, one after
  // another, and whose result the author saw.
  bool saw_its_successor(const Edit& edit, const Commit& commit, const Field& old) const {
    return replaced_before(edit.event, edit.before->value(old.name),
                           {facts_.record(edit.record), old, commit.event});
  }

  bool replaced_before(Index event, ValueNo by, const Found& old) const {
    return std::ranges::any_of(old.record.edits, [&](Index at) {
      const Edit& edit = facts_.edits[at];
      const ValueNo replaced = edit.before->value(old.field.name);
      const bool wrote_it = edit.event < event && facts_.undone(edit) &&
                            same(edit.after->value(old.field.name), by) && replaced != by;
      if (!wrote_it) return false;
      return same(replaced, old.field.value) ? !written_after(edit, old)
                                             : replaced_before(edit.event, replaced, old);
    });
  }

  bool written_after(const Edit& edit, const Found& old) const {
    return std::ranges::any_of(old.record.edits, [&](Index at) {
      const Edit& later = facts_.edits[at];
      return later.event > edit.event && writes(later, old.field) && !came_after(later, old.commit);
    });
  }

  // Whether the server got an edit only after an event: what stood there then is not its doing.
  // Where the history does not say when, the edit may have been first.
  bool came_after(const Edit& edit, Index event) const {
    const auto later = [&](Index carrier) {
      const Change& change = facts_.changes[carrier];
      const Index came = change.commits.empty() ? facts_.freezes[change.freezes.front()].event
                                                : facts_.commits[change.commits.front()].event;
      return came > event;
    };
    return !edit.carriers.empty() && std::ranges::all_of(edit.carriers, later);
  }

  bool writes(const Edit& edit, const Field& field) const {
    return std::ranges::any_of(edit.changes, [&](const FieldChange& change) {
      return change.field == field.name && same(change.to, field.value);
    });
  }

  const Facts& facts_;
  Report& report_;
};

}  // namespace

void blind_overwrite(const Facts& facts, Report& report) {
  Overwrites(facts, report).run();
}

}  // namespace studiosync::e2e::judging
