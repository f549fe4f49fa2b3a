// What its user made private is nowhere but on the device where he did so.
#include <algorithm>

#include "e2e/checkers/holdings.hpp"
#include "e2e/checkers/invariants.hpp"
#include "e2e/checkers/survival.hpp"

namespace studiosync::e2e::judging {
namespace {

class Privacy {
 public:
  Privacy(const Facts& facts, Report& report) : facts_(facts), survival_(facts), report_(report) {}

  void run() {
    for (const Edit& edit : facts_.edits) {
      if (withdrew(edit)) judge(edit);
    }
  }

 private:
  // A record that others knew turned private, the server heard of it, and that was the last word.
  bool withdrew(const Edit& edit) const {
    if (!edit.what->local_only || edit.deletes() || edit.accepted == none) return false;
    if (facts_.reset_after(edit.what->user, edit.event)) return false;
    // A device that was set back sends it again, and finds its own tombstone.
    const bool written = std::ranges::any_of(
        edit.carriers, [&](Index carrier) { return !facts_.changes[carrier].commits.empty(); });
    const bool removed = std::ranges::any_of(edit.carriers, [&](Index carrier) {
      const Change& change = facts_.changes[carrier];
      const Freeze& freeze = facts_.freezes[change.freezes.front()];
      const bool counts = !written || !change.commits.empty();
      return freeze.what->action == Action::remove && counts && known(freeze, change) &&
             !forgotten(change);
    });
    return removed && std::ranges::none_of(facts_.record(edit.record).edits, [&](Index at) {
             const Edit& later = facts_.edits[at];
             return later.lane == edit.lane && later.event > edit.event && !later.what->local_only;
           });
  }

  // Whether the server ever had anything that could be withdrawn.
  bool known(const Freeze& freeze, const Change& change) const {
    return freeze.what->base.version || std::ranges::any_of(change.acks, [&](Index at) {
             return static_cast<bool>(facts_.acks[at].what->rev.version);
           });
  }

  // Its id may be used again, once the tombstone is collected, or after a restore that nobody met
  // who knew of it.
  bool forgotten(const Change& change) const {
    return std::ranges::any_of(tombstones_of(change), [&](Index at) {
      const Commit& commit = facts_.commits[at];
      if (commit.cleared != none) return true;
      return commit.undone != none &&
             survival_.forgotten_by_all(commit.record, commit.row().rev.version, commit.undone);
    });
  }

  // What it wrote; where it wrote nothing, what its answer found there: another's.
  std::vector<Index> tombstones_of(const Change& change) const {
    if (!change.commits.empty()) return change.commits;
    std::vector<Index> found;
    for (const Index answer : change.acks) {
      const Ack& ack = facts_.acks[answer];
      for (const Index at : facts_.record(ack.record).commits) {
        const Record& row = facts_.commits[at].row();
        if (row.rev == ack.what->rev && absorbing(row)) found.push_back(at);
      }
    }
    return found;
  }

  void judge(const Edit& edit) {
    const RecordFacts& record = facts_.record(edit.record);
    if (record.served != nullptr && !record.served->deleted) {
      report_.add(edit.event, edit.record, "turned private, and still on the server");
      return;
    }
    for (const Holding& holding : record.holdings) {
      if (holding.where == Holding::Where::archive || holding.where == Holding::Where::conflict) {
        report_.add(edit.event, edit.record, "turned private, and still in a kept conflict");
        return;
      }
    }
    judge_devices(edit, record);
  }

  void judge_devices(const Edit& edit, const RecordFacts& record) {
    // The server never had it, so only a copy of the device's database has, and cannot be told.
    if (record.commits.empty()) return;
    for (const LaneFacts& lane : facts_.lanes) {
      const bool other = lane.last != nullptr && at_rest(*lane.last) &&
                         lane.last->user == record.user && lane.name != facts_.lane(edit.lane).name;
      if (!other) continue;
      const bool shows = std::ranges::any_of(lane.last->records, [&](const DeviceRecord& kept) {
        return kept.type == record.type && kept.id == record.id && !kept.content.empty() &&
               !kept.local_only;
      });
      if (!shows) continue;
      report_.add(edit.event, edit.record,
                  "turned private, and still shown by " + std::string(lane.name));
      return;
    }
  }

  const Facts& facts_;
  const Survival survival_;
  Report& report_;
};

}  // namespace

void private_survives(const Facts& facts, Report& report) {
  Privacy(facts, report).run();
}

}  // namespace studiosync::e2e::judging
