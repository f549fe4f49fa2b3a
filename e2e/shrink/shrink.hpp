// Makes a scenario that fails as small as it gets, so that a person sees at once what it takes.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

#include "e2e/scenario/scenario.hpp"

namespace studiosync::e2e {

struct Budget {
  std::size_t runs_max = 2000;
  Millis time_max{300'000};
  std::function<Millis()> clock;  // any start; never goes back. Empty: time is not looked at.
  std::function<bool()> stopped;  // asked before each run; true: no more of them. Empty: never.
};

struct ShrinkProgress {
  std::string_view pass;  // what is being tried: `steps`, `delays`, …
  std::size_t runs = 0;   // so far
  std::size_t steps = 0;  // of the smallest scenario so far
  std::size_t devices = 0;
};

// Runs a scenario and says whether it still fails in the way that matters.
using StillFails = std::function<bool(const Scenario&)>;

struct Smallest {
  Scenario scenario;
  bool exhausted =
      false;  // the budget ended, or it was stopped, before there was nothing left to try
};

// The smallest scenario found within the budget: `failing` itself, or one for which `still_fails`
// said yes. When the budget was enough, no single step, device, user, field, fault or delay can be
// taken from it. `failing` must fail; it is not run again. `still_fails` sees only scenarios that
// check_scenario accepts, and none twice; if it is a function of its argument, so is the result.
// `on_progress` hears of every success.
Smallest shrink(const Scenario& failing, const StillFails& still_fails, const Budget& budget,
                const std::function<void(const ShrinkProgress&)>& on_progress = {});

}  // namespace studiosync::e2e
