// Looks for the seed with which the checkers notice a planted bug.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "e2e/cli/verbs.hpp"
#include "e2e/zoo/catalog.hpp"

namespace studiosync::e2e {

// The rule of a run whose process died: one of the product's own assertions.
inline constexpr std::string_view rule_crashed = "crashed";

struct Hunt {
  std::uint64_t seeds = 0;         // that were run
  std::uint64_t unclean = 0;       // that break a rule without the bug: they prove nothing
  double seconds = 0;              // of one core
  std::uint64_t seed = 0;          // with which the bug was found
  std::vector<std::string> rules;  // that it broke there, each once; empty: not found
  bool found() const noexcept { return !rules.empty(); }
};

// What a seed's run is made of, for a bug: its faults are among the scenario's, if it names any.
WorkloadOptions workload_of(const Bug& bug, const WorkloadOptions& options);

// Runs seeds 1..seeds_max until one is fine without the bug and not with it. `on_seed` hears of
// every seed that was run. Ends early where a StopSignal came: what it has not found then says
// nothing.
Hunt hunt(const Bug& bug, const WorkloadOptions& options, std::uint64_t seeds_max, std::size_t jobs,
          const std::function<void(const Hunt&)>& on_seed = {});

}  // namespace studiosync::e2e
