#include "e2e/trace/outcome.hpp"

#include <algorithm>
#include <iterator>

namespace studiosync::e2e {
namespace {

void add(const std::string& device, const Event& event, std::vector<Outcome>& outcomes) {
  const auto* answer = std::get_if<Acknowledged>(&event.what);
  if (answer == nullptr) return;
  const Status status = answer->first_status.value_or(answer->status);
  const bool noticed = status == Status::conflict || status == Status::merged ||
                       status == Status::rejected || status == Status::held;
  if (noticed) outcomes.push_back({device, answer->type, answer->id, status});
}

}  // namespace

std::vector<Outcome> outcomes_of(const std::vector<DeviceEvent>& events) {
  std::vector<Outcome> outcomes;
  for (const DeviceEvent& one : events) add(one.device, *one.event, outcomes);
  std::ranges::sort(outcomes);
  return outcomes;
}

std::vector<Outcome> outcomes_of(const History& history) {
  std::vector<Outcome> outcomes;
  for (const Event& event : history) add(event.lane, event, outcomes);
  std::ranges::sort(outcomes);
  return outcomes;
}

std::vector<std::string> differences(const std::vector<Outcome>& recorded,
                                     const std::vector<Outcome>& replayed) {
  std::vector<Outcome> missing;
  std::vector<Outcome> added;
  std::ranges::set_difference(recorded, replayed, std::back_inserter(missing));
  std::ranges::set_difference(replayed, recorded, std::back_inserter(added));
  std::vector<std::string> lines;
  for (const Outcome& one : missing) lines.push_back(to_text(one) + " in the recording only");
  for (const Outcome& one : added) lines.push_back(to_text(one) + " in the scenario only");
  return lines;
}

std::string to_text(const Outcome& outcome) {
  return std::string(to_string(outcome.type)) + " " + outcome.id + " on " + outcome.device + ": " +
         std::string(to_string(outcome.status));
}

}  // namespace studiosync::e2e
