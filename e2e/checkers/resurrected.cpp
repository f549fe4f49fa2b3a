// Nothing deleted comes back by itself.
#include <algorithm>

#include "e2e/checkers/invariants.hpp"
#include "e2e/checkers/survival.hpp"

namespace studiosync::e2e::judging {
namespace {

// Tombstones are forgotten after that time, here and there.
constexpr Millis tombstones_kept{30LL * 24 * 3600 * 1000};

class Returns {
 public:
  Returns(const Facts& facts, Report& report) : facts_(facts), survival_(facts), report_(report) {}

  void from_the_absorbed() {
    for (const Commit& commit : facts_.commits) {
      if (commit.row().deleted || commit.before == none) continue;
      const Record& before = facts_.commits[commit.before].row();
      if (!absorbing(before)) continue;
      report_.add(commit.event, commit.record,
                  "live again after a tombstone for good (" + before.reason + ")");
    }
  }

  void at_the_end() {
    for (Index i = 0; i < facts_.records.size(); ++i) {
      const auto number = static_cast<RecordNo>(i);
      if (live(facts_.records[i]) && !decided(facts_.records[i])) judge(number);
    }
  }

 private:
  static bool live(const RecordFacts& record) {
    return record.type != EntityType::conflict && record.served != nullptr &&
           !record.served->deleted;
  }

  // A decision may bring a record back.
  bool decided(const RecordFacts& record) const {
    return std::ranges::any_of(record.disputes,
                               [&](Index at) { return facts_.disputes[at].decided; });
  }

  void judge(RecordNo number) {
    const RecordFacts& record = facts_.record(number);
    std::vector<const Edit*> deletes;
    for (const Index at : record.edits) {
      if (happened(facts_.edits[at])) deletes.push_back(&facts_.edits[at]);
    }
    if (deletes.empty()) return;
    const std::vector<const Edit*> puts = puts_of(number);
    const bool unknown_author = puts.empty() && !record.is_copy();
    const bool justified = std::ranges::any_of(puts, [&](const Edit* put) {
      return std::ranges::none_of(deletes, [&](const Edit* gone) { return seen_by(*put, *gone); });
    });
    if (unknown_author || justified) return;
    report_.add(deletes.back()->event, number,
                "deleted by somebody who had seen every edit of it, and live at the end");
  }

  std::vector<const Edit*> puts_of(RecordNo number) const {
    std::vector<const Edit*> puts;
    for (const Edit& edit : facts_.edits) {
      const bool here =
          edit.record == number || std::ranges::find(edit.copies, number) != edit.copies.end();
      if (here && !edit.deletes()) puts.push_back(&edit);
    }
    return puts;
  }

  // Whether a delete became a tombstone that nobody may forget.
  bool happened(const Edit& edit) const {
    if (!edit.deletes() || edit.accepted == none || edit.what->local_only) return false;
    if (facts_.reset_after(edit.what->user, edit.event)) return false;
    for (const Index carrier : edit.carriers) {
      for (const Index at : facts_.changes[carrier].commits) {
        const Commit& commit = facts_.commits[at];
        if (commit.record == edit.record && commit.row().deleted) return remembered(commit);
      }
    }
    return !facts_.has_commits() && facts_.server_restores.empty() &&
           facts_.acks[edit.accepted].outcome() == Status::applied;
  }

  bool remembered(const Commit& tombstone) const {
    if (tombstone.undone == none) return true;
    // Collected before the restore: by then everybody may have forgotten it, here and there.
    if (tombstone.cleared < tombstone.undone) return false;
    if (lost_a_conflict(tombstone)) return false;
    const Millis age = facts_.event(tombstone.undone).at - facts_.event(tombstone.event).at;
    return age < tombstones_kept &&
           !survival_.forgotten_by_all(tombstone.record, tombstone.row().rev.version,
                                       tombstone.undone);
  }

  // Whether the delete, given back after the restore, lost a conflict that its user can look at.
  bool lost_a_conflict(const Commit& tombstone) const {
    return std::ranges::any_of(facts_.disputes, [&](const Dispute& dispute) {
      const Commit& asked = facts_.commits[dispute.commit];
      return dispute.item == tombstone.record && dispute.local_deleted &&
             asked.event > tombstone.undone && asked.row().origin == tombstone.row().origin;
    });
  }

  bool seen_by(const Edit& put, const Edit& gone) const {
    // Sent once more, by a device that was set back or to a server that was: a new edit for all.
    if (put.carriers.size() > 1 || facts_.undone(put) || put.event > gone.event) return false;
    const bool forgotten = put.taken_back != none && put.taken_back < gone.event;
    if (put.lane == gone.lane && !forgotten) return true;
    const bool shown =
        !put.changes.empty() && std::ranges::all_of(put.changes, [&](const FieldChange& change) {
          return gone.before->value(change.field) == change.to && !also_written(put, gone, change);
        });
    // After a restore of the server versions cannot be compared.
    return shown || (facts_.server_restores.empty() && version_of(put, gone) <= base_of(gone));
  }

  // Whether the deleter's device may show a value because somebody else wrote the same.
  bool also_written(const Edit& put, const Edit& gone, const FieldChange& change) const {
    return std::ranges::any_of(facts_.record(gone.record).edits, [&](Index at) {
      const Edit& other = facts_.edits[at];
      return &other != &put && other.event < gone.event &&
             std::ranges::any_of(other.changes, [&](const FieldChange& same) {
               return same.field == change.field && same.to == change.to;
             });
    });
  }

  // The version that an edit had become when `gone` was made; none is larger where it was none yet.
  Version version_of(const Edit& put, const Edit& gone) const {
    if (put.accepted == none) return Version{UINT64_MAX};
    const Index carrier = put.carriers.back();
    const std::vector<Index>& commits = facts_.changes[carrier].commits;
    const bool late = std::ranges::none_of(
        commits, [&](Index at) { return facts_.commits[at].event < gone.event; });
    if (late && facts_.has_commits()) return Version{UINT64_MAX};
    const Ack& ack = facts_.acks[put.accepted];
    const bool wrote = ack.outcome() == Status::applied || ack.outcome() == Status::merged;
    return wrote ? ack.what->rev.version : Version{UINT64_MAX};
  }

  Version base_of(const Edit& gone) const {
    const Change& change = facts_.changes[gone.carriers.front()];
    return facts_.freezes[change.freezes.front()].what->base.version;
  }

  const Facts& facts_;
  const Survival survival_;
  Report& report_;
};

}  // namespace

void resurrected(const Facts& facts, Report& report) {
  Returns returns(facts, report);
  returns.from_the_absorbed();
  returns.at_the_end();
}

}  // namespace studiosync::e2e::judging
