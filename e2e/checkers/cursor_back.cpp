// A device reads forward; only a snapshot, a reset or a restored server sets its cursor back.
#include <algorithm>

#include "e2e/checkers/cursor_trail.hpp"
#include "e2e/checkers/invariants.hpp"

namespace studiosync::e2e::judging {
namespace {

// What may set a user's cursor back: the server is another one, which concerns everybody, or has
// forgotten of this user's log what the device missed.
bool reason_before(const Facts& facts, const Move& move) {
  return std::ranges::any_of(facts.turns, [&](const Turn& turn) {
    const Turned::What what = turn.what->what;
    const bool theirs = turn.what->user.empty() || turn.what->user == move.what->user;
    const bool forgotten = what == Turned::What::collected || what == Turned::What::reset;
    const bool another = what == Turned::What::restored && facts.lane(turn.lane).name == "server";
    return (another || (forgotten && theirs)) && turn.event < move.event;
  });
}

}  // namespace

void cursor_back(const Facts& facts, Report& report) {
  CursorTrail trail(facts);
  for (const Move& move : facts.moves) {
    const Moved& moved = *move.what;
    const auto expected = trail.before(move);
    const Seq from = expected ? std::max(expected->seq, moved.from.seq) : moved.from.seq;
    const Seq to = std::min(moved.to.seq, expected ? moved.from.seq : moved.to.seq);
    if (from <= to || moved.from.generation != moved.to.generation) continue;
    if (moved.resync && (!expected || reason_before(facts, move))) continue;
    report.add(move.event, moved.user,
               "the cursor went from " + std::to_string(from.value) + " back to " +
                   std::to_string(to.value));
  }
}

}  // namespace studiosync::e2e::judging
