// Judges a run by its history alone: every rule reads what users, devices, network and server saw,
// and shares no logic with what it judges. Pure; any thread.
//
// A history may be partial. What it does not hold is not judged: without Committed events, say,
// only the rules run that can do without. `unjudged` says what is missing.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "e2e/history/event.hpp"

namespace studiosync::e2e {

struct Violation {
  std::string rule;
  std::uint64_t event = 0;  // number of the event that shows it
  std::string lane;
  // The record it is about; empty id where it is about none.
  std::string user;
  EntityType type{};
  std::string id;
  std::string message;  // one line for people
};

// By rule, in the order of `rules()`, then in the order of the history; the same history gives the
// same list. `history` is in the order of its events' numbers.
std::vector<Violation> check(const History& history);

// What could not be judged for want of events; one line each, empty where everything was.
std::vector<std::string> unjudged(const History& history);

struct RuleInfo {
  std::string_view name;     // kebab-case
  std::string_view meaning;  // what holds, in one sentence
};
// All rules, in the order in which they are checked.
std::span<const RuleInfo> rules();

}  // namespace studiosync::e2e
