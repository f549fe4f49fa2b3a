#include "core/conflicts/strategies.hpp"

namespace studiosync {

Outcome user_choice(const History& stored, const Incoming& incoming) {
  Outcome outcome = settled(stored, incoming, Strategy::user_choice);
  outcome.conflict->open = true;
  return outcome;
}

}  // namespace studiosync
