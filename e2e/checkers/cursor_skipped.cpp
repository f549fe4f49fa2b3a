// Whatever lies behind a device's cursor, the device has: no row is passed over.
#include <algorithm>

#include "e2e/checkers/cursor_trail.hpp"
#include "e2e/checkers/invariants.hpp"

namespace studiosync::e2e::judging {
namespace {

class Passages {
 public:
  Passages(const Facts& facts, Report& report)
      : facts_(facts), report_(report), trail_(facts), logs_(facts.users.size()) {}

  void run() {
    for (const Move& move : facts_.moves) {
      catch_up(move.event);
      const auto expected = trail_.before(move);
      const bool jumped = expected && !move.what->resync && expected->seq < move.what->from.seq;
      if (jumped) {
        report_.add(move.event, move.what->user,
                    "the cursor jumped from " + std::to_string(expected->seq.value) + " to " +
                        std::to_string(move.what->from.seq.value));
      }
      if (!move.what->resync && of_this_history(move)) judge(move);
    }
  }

 private:
  // The rows of one user's log as they lie on the server at one moment, by seq.
  using Log = std::vector<Index>;

  // Appends what was committed before `event`, less what a restore undid before it.
  void catch_up(Index event) {
    for (; next_commit_ < facts_.commits.size(); ++next_commit_) {
      const Commit& commit = facts_.commits[next_commit_];
      if (commit.event > event) return;
      Log& log = log_of(commit.what->user);
      drop_undone(log, commit.event);
      log.push_back(next_commit_);
    }
  }

  Log& log_of(std::string_view user) {
    return logs_[static_cast<std::size_t>(facts_.user(user) - facts_.users.data())];
  }

  void drop_undone(Log& log, Index event) const {
    while (!log.empty() && facts_.commits[log.back()].undone < event) log.pop_back();
  }

  void judge(const Move& move) {
    Log& log = log_of(move.what->user);
    drop_undone(log, move.event);
    const auto first = std::ranges::upper_bound(
        log, move.what->from.seq, {}, [&](Index at) { return facts_.commits[at].row().seq; });
    for (auto at = first; at != log.end(); ++at) {
      const Commit& commit = facts_.commits[*at];
      if (commit.row().seq > move.what->to.seq) return;
      if (!facts_.stood(*at, move.event) || moved_on(*at, move.event)) continue;
      if (!known(commit, move)) report(commit, move);
    }
  }

  // Whether the rows came from the server as it is since its last restore. A frame may lie on its
  // way meanwhile; its cursor names the start of the server that wrote the row there.
  bool of_this_history(const Move& move) const {
    Index restored = none;
    for (const Index event : facts_.server_restores) {
      if (event < move.event) restored = event;
    }
    return restored == none || std::ranges::any_of(facts_.turns, [&](const Turn& turn) {
             return turn.what->what == Turned::What::started && turn.event > restored &&
                    turn.what->epoch == move.what->to.epoch && turn.what->epoch;
           });
  }

  bool moved_on(Index at, Index event) const {
    const std::vector<Index>& commits = facts_.record(facts_.commits[at].record).commits;
    const auto next = std::ranges::upper_bound(commits, at);
    return next != commits.end() && facts_.commits[*next].event < event;
  }

  bool known(const Commit& commit, const Move& move) const {
    const RecordFacts& record = facts_.record(commit.record);
    const bool learned = std::ranges::any_of(record.learned, [&](const Learned& known) {
      return known.lane == move.lane && known.event <= move.event &&
             known.rev.version >= commit.row().rev.version;
    });
    if (learned) return true;
    // Nothing to delete, or nothing that may be deleted from outside.
    const bool edited_here = std::ranges::any_of(
        record.edits, [&](Index at) { return facts_.edits[at].lane == move.lane; });
    const bool stays_here = std::ranges::any_of(record.edits, [&](Index at) {
      return facts_.edits[at].lane == move.lane && facts_.edits[at].what->local_only;
    });
    const bool never_met =
        !edited_here &&
        std::ranges::none_of(record.learned, [&](const Learned& l) { return l.lane == move.lane; });
    return stays_here || (commit.row().deleted && never_met);
  }

  void report(const Commit& commit, const Move& move) {
    report_.add(move.event, commit.record,
                "the cursor passed seq " + std::to_string(commit.row().seq.value) + " without " +
                    shown(commit.row().rev));
  }

  const Facts& facts_;
  Report& report_;
  CursorTrail trail_;
  std::vector<Log> logs_;  // by user
  Index next_commit_ = 0;
};

}  // namespace

void cursor_skipped(const Facts& facts, Report& report) {
  Passages(facts, report).run();
}

}  // namespace studiosync::e2e::judging
