#include "core/sync/hello_facts.hpp"

#include "core/base/zoo.hpp"
#include "core/sync/pull.hpp"

namespace studiosync {
namespace {

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
    const Epochs theirs = with_epoch_of(hello.cursor, hello.epochs);
    facts.fork_seq = fork_point(theirs, facts.epochs, facts.head.seq);
  }
  return facts;
}

}  // namespace studiosync
