// What a user's log tells a device that says hello. Pure over a UserReader.
#pragma once

#include <optional>

#include "core/protocol/message.hpp"
#include "core/sync/user_log.hpp"

namespace studiosync {

struct HelloFacts {
  Cursor head;
  Seq floor;
  Epochs epochs;
  ReplicaMark replica;  // the last change of the replica in this log
  // The last seq that both histories share, when the log lacks something that it once gave out: the
  // device's cursor is not of this history, or a change it acknowledged is missing. Never of
  // another account generation: what a reset removed is not to come back.
  std::optional<Seq> fork_seq;
};

HelloFacts hello_facts(UserReader& log, const Hello& hello);

}  // namespace studiosync
