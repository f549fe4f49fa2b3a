// Nobody is told what is not on the server's disk, and what is there stays.
#include <algorithm>

#include "e2e/checkers/invariants.hpp"

namespace studiosync::e2e::judging {
namespace {

class Durability {
 public:
  Durability(const Facts& facts, Report& report) : facts_(facts), report_(report) {}

  void run() {
    for (const Ack& ack : facts_.acks) {
      const UserFacts* user = facts_.user(ack.what->user);
      if (user == nullptr || !user->whole_log || !ack.accepted()) continue;
      if (!ack.what->rev.version || written(ack.record, ack.what->rev, ack.event)) continue;
      // The server gives a preference the id that follows from its key.
      if (ack.what->type == EntityType::preference && facts_.record(ack.record).commits.empty()) {
        continue;
      }
      report_.add(ack.event, ack.record,
                  shown(ack.what->rev) + " was acknowledged before it was on the server's disk");
    }
    for (const Move& move : facts_.moves) judge(move);
    for (const RecordFacts& record : facts_.records) judge_end(record);
  }

 private:
  bool written(RecordNo record, const Rev& rev, Index before) const {
    return std::ranges::any_of(facts_.record(record).commits, [&](Index at) {
      const Commit& commit = facts_.commits[at];
      return commit.event < before && commit.row().rev == rev;
    });
  }

  void judge(const Move& move) {
    const UserFacts* user = facts_.user(move.what->user);
    if (user == nullptr || !user->whole_log) return;
    for (std::size_t i = 0; i < move.records.size(); ++i) {
      const Rev& rev = move.what->rows[i].rev;
      if (!rev.version || written(move.records[i], rev, move.event)) continue;
      report_.add(move.event, move.records[i],
                  shown(rev) + " was handed out before it was on the server's disk");
    }
  }

  void judge_end(const RecordFacts& record) {
    const UserFacts* user = facts_.user(record.user);
    if (record.current == none || user == nullptr || user->last == nullptr) return;
    const Commit& commit = facts_.commits[record.current];
    const Record& row = commit.row();
    if (record.served != nullptr && record.served->rev == row.rev) return;
    // All else is buried before it goes, settled conflicts and old history, too.
    const bool collected = row.deleted && row.seq <= user->last->numbers.floor &&
                           facts_.collected_after(record.user, commit.event);
    if (record.served == nullptr && collected) return;
    report_.add(commit.event, commit.record,
                shown(row.rev) + " was committed, and the server has " +
                    (record.served == nullptr ? "nothing" : shown(record.served->rev)) +
                    " at the end");
  }

  const Facts& facts_;
  Report& report_;
};

}  // namespace

void durable(const Facts& facts, Report& report) {
  Durability(facts, report).run();
}

}  // namespace studiosync::e2e::judging
