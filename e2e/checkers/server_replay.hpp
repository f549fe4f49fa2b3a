// Follows the server through a history: which rows are current, which a restore undid, which a
// reset or a collection cleared away.
#pragma once

#include "e2e/checkers/facts.hpp"

namespace studiosync::e2e::judging {

class ServerReplay {
 public:
  // `commit` was appended to facts.commits just now.
  void committed(Facts& facts, Index commit);
  void turned(Facts& facts, const Turn& turn);

 private:
  void restore(Facts& facts, Index event);

  Index backup_ = none;  // event
};

}  // namespace studiosync::e2e::judging
