#include <algorithm>

#include "e2e/checkers/invariants.hpp"
#include "e2e/checkers/survival.hpp"

namespace studiosync::e2e::judging {
namespace {

class Losses {
 public:
  Losses(const Facts& facts, Report& report) : facts_(facts), survival_(facts), report_(report) {}

  // Those that the server had taken, or those that it had not.
  void judge(bool accepted) {
    for (Index at = 0; at < facts_.edits.size(); ++at) {
      const Edit& edit = facts_.edits[at];
      if (edit.what->local_only || edit.deletes()) continue;
      if ((edit.accepted != none) != accepted || !judgeable(edit)) continue;
      judge(at, edit);
    }
  }

 private:
  bool judgeable(const Edit& edit) const {
    const UserFacts* user = facts_.user(edit.what->user);
    if (user == nullptr || user->last == nullptr) return false;
    const bool taken = edit.accepted != none;
    // A reset takes away what the server had. What it had not is in the database set aside; of real
    // processes nobody says which is which.
    const bool maybe_taken = taken || facts_.acks.empty();
    if (maybe_taken && facts_.reset_after(edit.what->user, edit.event)) return false;
    if (!taken && facts_.lane(edit.lane).last == nullptr) return false;
    return refused(edit) || !survival_.absorbed(edit);
  }

  // The server never took it, whatever it did with the record: the user decides what becomes of it.
  // A device that was set back knows nothing of a refusal. What is asked for again is not refused.
  bool refused(const Edit& edit) const {
    if (edit.accepted != none) return false;
    return std::ranges::any_of(edit.carriers, [&](Index carrier) {
      return std::ranges::any_of(facts_.changes[carrier].acks, [&](Index at) {
        const Ack& ack = facts_.acks[at];
        const bool again = ack.what->error == ErrorCode::resync_required;
        return ack.outcome() == Status::rejected && !again && !forgotten(ack) &&
               !asked_again(ack) && !taken_since(edit, ack.event);
      });
    });
  }

  // The user asked for it again: the refusal counts no more.
  bool asked_again(const Ack& refusal) const {
    return std::ranges::any_of(facts_.decisions, [&](const Decision& decision) {
      return decision.lane == refusal.lane && decision.change == refusal.change &&
             decision.what != Decided::What::discarded && decision.event > refusal.event;
    });
  }

  // The user asked for it again with success.
  bool taken_since(const Edit& edit, Index refusal) const {
    return std::ranges::any_of(facts_.record(edit.record).commits, [&](Index at) {
      const Commit& commit = facts_.commits[at];
      if (commit.event < refusal || commit.change == none) return false;
      const bool its_own = std::ranges::any_of(
          facts_.changes[commit.change].freezes,
          [&](Index freeze) { return facts_.freezes[freeze].lane == edit.lane; });
      return its_own && std::ranges::all_of(edit.changes, [&](const FieldChange& change) {
               return commit.content->value(change.field) == change.to;
             });
    });
  }

  // With what the device had not written for good, in a crash, or in a restore.
  bool forgotten(const Ack& ack) const {
    if (sends_again(ack)) return true;
    return std::ranges::any_of(facts_.lane(ack.lane).restores, [&](const auto& setback) {
      return setback.first < ack.event && ack.event < setback.second;
    });
  }

  // Whether the device waits for the answer at the end, after it died.
  bool sends_again(const Ack& ack) const {
    const DeviceState* last = facts_.lane(ack.lane).last;
    const bool waits = last != nullptr && last->queue.frozen != 0 &&
                       std::ranges::none_of(last->rejected, [&](const auto& rejected) {
                         return rejected.change.change == facts_.changes[ack.change].id;
                       });
    return waits && std::ranges::any_of(facts_.turns, [&](const Turn& turn) {
             return turn.lane == ack.lane && turn.what->what == Turned::What::crashed &&
                    turn.event > ack.event;
           });
  }

  void judge(Index at, const Edit& edit) {
    for (const FieldChange& change : edit.changes) {
      if (survival_.accounted(at, change)) continue;
      const std::string who =
          edit.accepted != none ? "the server took it" : "it was never answered";
      report_.add(edit.event, edit.record,
                  std::string(facts_.contents.name(change.field)) + " = " +
                      shown(facts_, change.to) +
                      " is nowhere at the end, and nobody who had "
                      "seen it replaced it; " +
                      who);
      return;
    }
  }

  const Facts& facts_;
  const Survival survival_;
  Report& report_;
};

}  // namespace

void lost_edit(const Facts& facts, Report& report) {
  Losses(facts, report).judge(true);
}

void lost_by_device(const Facts& facts, Report& report) {
  Losses(facts, report).judge(false);
}

}  // namespace studiosync::e2e::judging
