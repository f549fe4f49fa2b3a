// The smallest failing scenario so far, and what it costs to look for a smaller one.
#pragma once

#include <set>

#include "core/base/sha256.hpp"
#include "e2e/shrink/shrink.hpp"

namespace studiosync::e2e {

// Refers to its arguments, which must outlive it.
class Trial {
 public:
  Trial(const Scenario& failing, const StillFails& still_fails, const Budget& budget,
        const std::function<void(const ShrinkProgress&)>& on_progress);

  const Scenario& best() const noexcept { return best_; }

  // Whether the candidate still fails; it is the best then. One that cannot be run, was tried
  // before, or is beyond the budget does not.
  bool attempt(Scenario candidate);

  // As `attempt`, of the best after `change(scenario)`.
  template <class Change>
  bool attempt_with(Change change) {
    Scenario candidate = best_;
    change(candidate);
    return attempt(std::move(candidate));
  }

  bool exhausted() const;
  bool refused() const noexcept { return refused_; }  // a candidate, for want of budget
  void enter(std::string_view pass) noexcept { progress_.pass = pass; }

 private:
  const StillFails& still_fails_;
  const Budget& budget_;
  const std::function<void(const ShrinkProgress&)>& on_progress_;
  Scenario best_;
  std::set<Hash128> tried_;  // by the scenario's text
  ShrinkProgress progress_;
  Millis begin_{};
  bool refused_ = false;
};

}  // namespace studiosync::e2e
