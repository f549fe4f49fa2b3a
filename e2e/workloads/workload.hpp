// From a seed to a scenario: who takes part, what the users do, which faults hit them. All of a
// run's chances of what happens and when are taken here, so that a step can be left out of the
// scenario without changing the others.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "e2e/scenario/scenario.hpp"

namespace studiosync::e2e {

enum class LinkChoice : std::uint8_t { frames, bytes, mixed };

struct WorkloadOptions {
  std::size_t devices = 5;
  std::size_t users = 2;  // at most one a device
  std::size_t operations = 200;
  // Faults by name; each of them happens. Empty and `mixed_faults`: a choice of the default ones.
  std::vector<std::string> faults;
  bool mixed_faults = true;
  // Each run does few kinds of work with few records, at its own pace, instead of a little of
  // everything: what two parts must meet for is then met often ("swarm testing").
  bool swarm = false;
  StoreKind store = StoreKind::memory;
  LinkChoice link = LinkChoice::mixed;
};

Scenario make_scenario(std::uint64_t seed, const WorkloadOptions& options);

}  // namespace studiosync::e2e
