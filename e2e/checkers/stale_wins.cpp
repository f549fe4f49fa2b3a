// What an editor saw and replaced does not come back by itself, whatever the clocks say.
#include <algorithm>

#include "e2e/checkers/invariants.hpp"
#include "e2e/checkers/redaction.hpp"

namespace studiosync::e2e::judging {
namespace {

// Whether some of what is told was later than an event.
template <class Told>
bool any_after(Index event, const std::vector<Told>& told, const std::vector<Index>& some) {
  return std::ranges::any_of(some, [&](Index at) { return told[at].event > event; });
}

class StaleValues {
 public:
  StaleValues(const Facts& facts, Report& report) : facts_(facts), report_(report) {}

  void run() {
    for (Index at = 0; at < facts_.edits.size(); ++at) {
      const Edit& edit = facts_.edits[at];
      const RecordFacts& record = facts_.record(edit.record);
      const bool live = record.served != nullptr && !record.served->deleted;
      if (!live || !took_effect(edit) || decided(record)) continue;
      if (forgotten(edit)) continue;
      for (const FieldChange& change : edit.changes) {
        if (!edit.left_behind.contains(change.field)) judge(at, record, change);
      }
    }
  }

 private:
  // The server wrote it into the record itself.
  bool took_effect(const Edit& edit) const {
    if (edit.accepted == none || edit.taken_back != none || !edit.copies.empty()) return false;
    const Status outcome = facts_.acks[edit.accepted].outcome();
    if (outcome != Status::applied && outcome != Status::merged) return false;
    return !facts_.undone(edit);
  }

  // Whoever brings a record back without having heard that it was gone brings it as he knew it,
  // before this edit or after it.
  bool may_be_brought_back(Index at) const {
    const RecordFacts& record = facts_.record(facts_.edits[at].record);
    const auto deletes = [&](Index other) { return facts_.edits[other].deletes(); };
    if (std::ranges::none_of(record.edits, deletes)) return false;
    if (deletes(at) || !tells_who_had_heard(record)) return true;
    return std::ranges::any_of(record.commits, [&](Index tombstone) {
      const Commit& gone = facts_.commits[tombstone];
      return gone.row().deleted && std::ranges::any_of(record.edits, [&](Index other) {
               return other != at && !deletes(other) && crossed(facts_.edits[other], gone);
             });
    });
  }

  // Not where rows or their authors' edits are missing, where versions are given twice, nor of a
  // record that was private for a while: its device has kept it as it was, whatever it heard.
  bool tells_who_had_heard(const RecordFacts& record) const {
    const UserFacts* user = facts_.user(record.user);
    const bool in_order = user != nullptr && user->whole_log && user->resets.empty() &&
                          facts_.server_restores.empty();
    return in_order && !was_private(record) && std::ranges::all_of(record.commits, [&](Index at) {
             const Commit& commit = facts_.commits[at];
             const bool authored =
                 commit.change != none && !facts_.changes[commit.change].edits.empty();
             return authored || commit.row().deleted;
           });
  }

  // Whether an edit was made without having heard of a tombstone, and was not settled by then.
  bool crossed(const Edit& edit, const Commit& tombstone) const {
    if (edit.accepted != none && !told_after(edit, tombstone.event)) return false;
    return !knew_of(tombstone, edit) || set_back(edit.lane, {tombstone.event, edit.event});
  }

  // Whether it was sent, taken or answered, perhaps once more.
  bool told_after(const Edit& edit, Index event) const {
    return std::ranges::any_of(edit.carriers, [&](Index carrier) {
      const Change& change = facts_.changes[carrier];
      return any_after(event, facts_.freezes, change.freezes) ||
             any_after(event, facts_.acks, change.acks) ||
             any_after(event, facts_.commits, change.commits);
    });
  }

  struct Between {
    Index first;
    Index last;
  };

  // Whether a device may have forgotten in between what it had heard.
  bool set_back(LaneNo lane, const Between& events) const {
    return std::ranges::any_of(facts_.turns, [&](const Turn& turn) {
      const bool forgets =
          turn.what->what == Turned::What::crashed || turn.what->what == Turned::What::restored;
      return forgets && turn.lane == lane && events.first < turn.event && turn.event < events.last;
    });
  }

  // Of what was withdrawn nobody knows once its tombstone is collected: its id may be used again.
  // After a reset a record that was private comes to the new account as its device has kept it.
  bool forgotten(const Edit& edit) const {
    const RecordFacts& record = facts_.record(edit.record);
    if (facts_.reset_after(edit.what->user, edit.event) && was_private(record)) return true;
    return std::ranges::any_of(record.commits, [&](Index at) {
      const Commit& commit = facts_.commits[at];
      return absorbing(commit.row()) && commit.cleared != none && !knew_of(commit, edit);
    });
  }

  // Whether the editor had heard of what the server wrote.
  bool knew_of(const Commit& commit, const Edit& edit) const {
    const std::vector<Learned>& learned = facts_.record(edit.record).learned;
    return std::ranges::any_of(learned, [&](const Learned& news) {
      return news.lane == edit.lane && news.event < edit.event && commit.event < news.event &&
             news.rev.version >= commit.row().rev.version;
    });
  }

  bool was_private(const RecordFacts& record) const {
    return std::ranges::any_of(record.edits,
                               [&](Index at) { return facts_.edits[at].what->local_only; });
  }

  // A person may take an old text back by a decision.
  bool decided(const RecordFacts& record) const {
    return std::ranges::any_of(record.disputes,
                               [&](Index at) { return facts_.disputes[at].decided; });
  }

  void judge(Index at, const RecordFacts& record, const FieldChange& change) {
    const auto now = std::ranges::find(record.holdings, Holding::Where::server, &Holding::where);
    if (now == record.holdings.end() || change.from == ValueNo::absent) return;
    if (now->content->value(change.field) != change.from) return;
    // The same to the server, whose version has both redacted.
    if (redaction_of(facts_.contents.text(change.to), facts_.contents.text(change.from))) return;
    if (written_by_others(at, record, change) || merged_again(record, change)) return;
    if (may_be_brought_back(at)) return;
    const Edit& edit = facts_.edits[at];
    report_.add(edit.event, edit.record,
                std::string(facts_.contents.name(change.field)) + " = " +
                    shown(facts_, change.from) +
                    " is current again, although this edit had seen "
                    "it and replaced it with " +
                    shown(facts_, change.to));
  }

  // Somebody wrote the same value without having seen this edit first, or after it; or a device
  // that was set back wrote it once more.
  bool written_by_others(Index at, const RecordFacts& record, const FieldChange& change) const {
    const Index first = first_writer(record, change);
    if (first != none && facts_.edits[first].carriers.size() > 1) return true;
    if (first != none && corrected_anew(facts_.edits[first], facts_.edits[at])) return true;
    if (first != none && sent_by_a_clone(facts_.edits[first], facts_.edits[at])) return true;
    return std::ranges::any_of(record.edits, [&](Index other) {
      return other != at && other != first && writes(facts_.edits[other], change);
    });
  }

  // What a clone sent under their common numbers is another's text to the device that it was made
  // of, once that numbers anew.
  bool sent_by_a_clone(const Edit& edit, const Edit& replaced) const {
    if (edit.lane != replaced.lane) return false;
    return std::ranges::any_of(edit.carriers, [&](Index carrier) {
      return std::ranges::any_of(facts_.changes[carrier].acks,
                                 [&](Index ack) { return facts_.acks[ack].lane != edit.lane; });
    });
  }

  // What is given back to a restored server tells the place and the stamp of a change, not its id.
  // Where its author numbers anew, and his clock was corrected by another difference, it cannot be
  // known again: it is an edit of its own, and may be the later one.
  bool corrected_anew(const Edit& edit, const Edit& replaced) const {
    return std::ranges::any_of(edit.carriers, [&](Index carrier) {
      const std::vector<Index>& commits = facts_.changes[carrier].commits;
      return std::ranges::any_of(commits, [&](Index at) {
        const Commit& again = facts_.commits[at];
        if (again.record != edit.record || again.event < facts_.acks[replaced.accepted].event)
          return false;
        return std::ranges::any_of(
            commits, [&](Index other) { return undone_and_other(facts_.commits[other], again); });
      });
    });
  }

  static bool undone_and_other(const Commit& lost, const Commit& again) {
    const Origin& before = lost.row().origin;
    const Origin& now = again.row().origin;
    return lost.record == again.record && lost.undone < again.event &&
           before.replica != now.replica && before.stamp < now.stamp;
  }

  // Two removals from a set or a tree undo each other when they are merged.
  bool merged_again(const RecordFacts& record, const FieldChange& change) const {
    const std::string_view text = facts_.contents.text(change.from);
    if (!text.starts_with('[') && !text.starts_with('{')) return false;
    return std::ranges::any_of(record.disputes,
                               [&](Index at) { return facts_.disputes[at].strategy == "merge"; });
  }

  Index first_writer(const RecordFacts& record, const FieldChange& change) const {
    const auto writer = std::ranges::find_if(
        record.edits, [&](Index other) { return writes(facts_.edits[other], change); });
    return writer == record.edits.end() ? none : *writer;
  }

  bool writes(const Edit& edit, const FieldChange& change) const {
    return std::ranges::any_of(edit.changes, [&](const FieldChange& other) {
      if (other.field != change.field) return false;
      return other.to == change.from ||
             redaction_of(facts_.contents.text(other.to), facts_.contents.text(change.from));
    });
  }

  const Facts& facts_;
  Report& report_;
};

}  // namespace

void stale_wins(const Facts& facts, Report& report) {
  StaleValues(facts, report).run();
}

}  // namespace studiosync::e2e::judging
