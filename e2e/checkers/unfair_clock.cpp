// Under last-write-wins the later edit wins by the run's time, as far as stamps are corrected.
#include <algorithm>

#include "e2e/checkers/invariants.hpp"

namespace studiosync::e2e::judging {
namespace {

// A clock may be up to 5 minutes off without correction, and learn as much from another one; both
// sides of a comparison may, and a frame takes its time.
constexpr Millis unfair{25LL * 60 * 1000};

class Clocks {
 public:
  Clocks(const Facts& facts, Report& report) : facts_(facts), report_(report) {}

  void run() {
    for (const Dispute& dispute : facts_.disputes) {
      const Commit& commit = facts_.commits[dispute.commit];
      const bool by_clock = dispute.strategy == "last_write_wins" && !dispute.open;
      if (!by_clock || commit.row().rev.version != Version{1} || commit.change == none) continue;
      judge(dispute, commit);
    }
  }

 private:
  void judge(const Dispute& dispute, const Commit& commit) {
    const Content* result = result_of(dispute, commit);
    if (result == nullptr) return;
    for (const Field& field : dispute.local->fields()) {
      const ValueNo remote = dispute.remote->value(field.name);
      if (remote == field.value || remote == ValueNo::absent) continue;
      const Edit* ours = only_writer(dispute.item, field.name, field.value);
      const Edit* theirs = only_writer(dispute.item, field.name, remote);
      if (ours == nullptr || theirs == nullptr) continue;
      const ValueNo won = result->value(field.name);
      if (won == remote) judge(commit, *theirs, *ours);
      if (won == field.value) judge(commit, *ours, *theirs);
    }
  }

  // What the record was after the conflict: written together with it, or left as it was. Before or
  // after a restore the same change may have met something else.
  const Content* result_of(const Dispute& dispute, const Commit& commit) const {
    for (const Index at : facts_.changes[commit.change].commits) {
      const Commit& written = facts_.commits[at];
      const bool together = written.row().rev.epoch == commit.row().rev.epoch;
      if (together && written.record == dispute.item) return written.content;
    }
    return dispute.remote;
  }

  // The edit that wrote a value that was written once only.
  const Edit* only_writer(RecordNo record, FieldNo field, ValueNo value) const {
    const Edit* writer = nullptr;
    for (const Index at : facts_.record(record).edits) {
      const Edit& edit = facts_.edits[at];
      const bool wrote = std::ranges::any_of(edit.changes, [&](const FieldChange& change) {
        return change.field == field && change.to == value;
      });
      if (!wrote) continue;
      if (writer != nullptr) return nullptr;
      writer = &edit;
    }
    return writer;
  }

  void judge(const Commit& commit, const Edit& winner, const Edit& loser) {
    const Millis ahead = facts_.event(loser.event).at - facts_.event(stamped(winner)).at;
    if (ahead < unfair || clock_jumped(winner, commit) || clock_jumped(loser, commit)) return;
    if (brought_back(winner, commit)) return;
    report_.add(commit.event, winner.record,
                "an edit lost to one that was made " + std::to_string(ahead.count / 1000) +
                    " s earlier on " + std::string(facts_.lane(winner.lane).name));
  }

  // A change has one time, that of the last edit in it: what waits is sent as one.
  Index stamped(const Edit& edit) const {
    Index last = edit.event;
    for (const Index carrier : edit.carriers) {
      for (const Index at : facts_.changes[carrier].edits) {
        last = std::max(last, facts_.edits[at].event);
      }
    }
    return last;
  }

  // What somebody made of a record in the place of a tombstone is of his time, in all fields.
  bool brought_back(const Edit& edit, const Commit& commit) const {
    return std::ranges::any_of(facts_.record(edit.record).commits, [&](Index at) {
      const Commit& written = facts_.commits[at];
      return written.row().deleted && written.event > edit.event && written.event < commit.event;
    });
  }

  // A clock that was set between the edit and its journey cannot be corrected.
  bool clock_jumped(const Edit& edit, const Commit& commit) const {
    return std::ranges::any_of(facts_.turns, [&](const Turn& turn) {
      const bool clock = turn.what->what == Turned::What::clock_changed;
      const bool theirs = turn.lane == edit.lane;
      return clock && theirs && turn.event > edit.event && turn.event < commit.event;
    });
  }

  const Facts& facts_;
  Report& report_;
};

}  // namespace

void unfair_clock(const Facts& facts, Report& report) {
  Clocks(facts, report).run();
}

}  // namespace studiosync::e2e::judging
