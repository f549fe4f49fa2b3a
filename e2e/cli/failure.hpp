// How a scenario fails, so that of a smaller one can be said whether it fails in the same way.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "e2e/cli/judgement.hpp"

namespace studiosync::e2e {

// What makes an expectation sensible: without it, it would be unmet whatever the product does.
struct Grounds {
  std::set<Do> kinds;            // of steps before it that concern what it looks at
  std::set<std::string> values;  // that it asks for and that somebody wrote
  bool settled = false;          // nothing happened since everybody had settled
};

class Failure {
 public:
  // Of a run of `failing` that broke `rule`. Of expectations the first unmet one counts, and what
  // is wrong with it: that a record is not there is another failure than that it says something
  // else.
  Failure(const Scenario& failing, const Judgement& judgement, std::string rule);

  bool is_in(const Scenario& candidate, const Judgement& judgement) const;

 private:
  struct Expected {
    Step step;
    std::string message;
    Grounds grounds;
  };

  const std::string rule_;
  std::optional<Expected> expected_;  // nothing where a rule of the checkers is broken
};

}  // namespace studiosync::e2e
