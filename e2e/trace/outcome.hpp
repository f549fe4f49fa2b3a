// What became of the changes of a run: only what a user would notice.
#pragma once

#include <compare>
#include <string>
#include <vector>

#include "e2e/trace/recording.hpp"

namespace studiosync::e2e {

struct Outcome {
  std::string device;
  EntityType type{};
  std::string id;
  Status status{};  // conflict, merged, rejected or held; nothing else is noticed
  auto operator<=>(const Outcome&) const = default;
};

// Sorted.
std::vector<Outcome> outcomes_of(const std::vector<DeviceEvent>& events);
std::vector<Outcome> outcomes_of(const History& history);

// One line for each outcome that only one of the two has.
std::vector<std::string> differences(const std::vector<Outcome>& recorded,
                                     const std::vector<Outcome>& replayed);

// `saved_query q1 on laptop: conflict`
std::string to_text(const Outcome& outcome);

}  // namespace studiosync::e2e
