#include "core/sync/hello_facts.hpp"

#include <algorithm>

#include "core/base/zoo.hpp"
#include "core/sync/pull.hpp"

namespace studiosync {
namespace {

// A device learns of an epoch at its next hello, and reads rows of it before: its cursor can be of
// an epoch that its list lacks. Then the list alone would put the fork too far back.
Epochs with_cursor(Epochs theirs, const Cursor& cursor) {
  const bool listed = std::ranges::any_of(
      theirs, [&](const EpochMark& mark) { return mark.epoch == cursor.epoch; });
  if (cursor.seq && !listed) theirs.push_back({cursor.epoch, cursor.seq});
  return theirs;
}

bool lost_something(const Hello& hello, const HelloFacts& facts) {
  if (!cursor_valid(hello.cursor, facts.epochs, facts.head.seq)) return true;
  return hello.acked.seq > facts.replica.seq;
}

}  // namespace

HelloFacts hello_facts(UserReader& log, const Hello& hello) {
  HelloFacts facts;
  facts.head = head_cursor(log);
  if (!SS_ZOO(floor_is_forgotten)) facts.floor = log.state().floor;
  facts.epochs = log.epochs();
  facts.replica = log.replica(hello.replica).value_or(ReplicaMark{});
  const bool same_account = !hello.cursor.seq || hello.cursor.generation == facts.head.generation;
  if (same_account && lost_something(hello, facts) && !SS_ZOO(restore_is_not_looked_for)) {
    facts.fork_seq =
        fork_point(with_cursor(hello.epochs, hello.cursor), facts.epochs, facts.head.seq);
  }
  return facts;
}

}  // namespace studiosync
