#include "e2e/workloads/workload.hpp"

#include <algorithm>
#include <numeric>

#include "e2e/faults/fault.hpp"
#include "e2e/workloads/parts.hpp"

namespace studiosync::e2e {
namespace {

constexpr std::int64_t gap_ms = 250;  // between two operations of a run, on average
constexpr std::uint64_t fault_percent = 35;
constexpr std::uint64_t swarm_salt = 0x73'77'61'72'6D;
constexpr std::uint64_t bytes_percent = 10;  // with `mixed`: such a run takes longer
constexpr std::string_view device_names[] = {"laptop", "tablet", "phone", "desktop", "browser"};
constexpr std::string_view user_names[] = {"ann", "bob", "cyd"};

struct Part {
  std::uint64_t weight;  // how often, relative to the others
  void (*act)(Plan& plan, Step step);
};
constexpr Part parts[] = {{34, edit_queries},
                          {12, edit_connections},
                          {14, edit_preferences},
                          {12, run_queries},
                          {16, chat},
                          {5, plant_secrets},
                          {4, decide},
                          {2, mend_rejected},
                          {1, edit_large_records}};
// What few runs need, and then often: for swarms only.
constexpr Part rare_parts[] = {
    {10, type_the_same}, {10, name_like_copies}, {10, keep_private}, {2, reuse_withdrawn_id}};
constexpr std::uint64_t often[] = {0, 0, 1, 4};  // a part's weight in a swarm, times its own

template <std::size_t size>
std::string name_of(const std::string_view (&names)[size], std::size_t i) {
  const std::string name(names[i % size]);
  return i < size ? name : name + "-" + std::to_string(i / size + 1);
}

std::vector<DeviceSpec> people(const WorkloadOptions& options) {
  const std::size_t users = std::clamp<std::size_t>(options.users, 1, options.devices);
  std::vector<DeviceSpec> devices;
  for (std::size_t i = 0; i < options.devices; ++i) {
    devices.push_back({.name = name_of(device_names, i), .user = name_of(user_names, i % users)});
  }
  return devices;
}

// Of a swarm's own chances: those of other runs stay what they are.
std::vector<Part> chosen_parts(bool swarm, Random& random) {
  std::vector<Part> chosen(std::begin(parts), std::end(parts));
  if (!swarm) return chosen;
  chosen.insert(chosen.end(), std::begin(rare_parts), std::end(rare_parts));
  for (Part& part : chosen) part.weight *= often[random.below(std::size(often))];
  // Nothing happens without any record.
  if (chosen.front().weight == 0) chosen.front().weight = 1;
  return chosen;
}

Mood mood_of(bool swarm, Random& random) {
  constexpr std::uint64_t counts[] = {1, 2, 5};
  constexpr std::int64_t paces[] = {1, 1, 1, 20, 100};
  if (!swarm) return {};
  return {.hot_count = counts[random.below(std::size(counts))],
          .hot_percent = 80 + random.below(20),
          .pace = paces[random.below(std::size(paces))]};
}

void work(Plan& plan, const std::vector<Part>& chosen, std::size_t operations) {
  const std::uint64_t total =
      std::accumulate(chosen.begin(), chosen.end(), std::uint64_t{0},
                      [](std::uint64_t sum, const Part& part) { return sum + part.weight; });
  std::vector<Millis> times(operations);
  std::ranges::generate(times, [&] { return plan.any_time(); });
  std::ranges::sort(times);  // what is edited was made before
  for (const Millis at : times) {
    Step step{.at = at, .device = plan.any_device()};
    std::uint64_t drawn = plan.random().below(total);
    auto part = chosen.begin();
    for (; drawn >= part->weight; ++part) drawn -= part->weight;
    part->act(plan, std::move(step));
  }
}

std::vector<const Fault*> chosen_faults(Plan& plan, const WorkloadOptions& options) {
  std::vector<const Fault*> chosen;
  for (const Fault& fault : all_faults()) {
    const bool named = std::ranges::find(options.faults, fault.name) != options.faults.end();
    const bool drawn = options.mixed_faults && plan.chance(fault_percent);
    if (named || drawn) chosen.push_back(&fault);
  }
  return chosen;
}

std::string about(const WorkloadOptions& options, const std::vector<const Fault*>& faults) {
  std::string text = std::to_string(options.devices) + " devices, " +
                     std::to_string(options.operations) + " operations; faults:";
  for (const Fault* fault : faults) text += " " + std::string(fault->name);
  return faults.empty() ? text + " none" : text;
}

LinkKind link_of(Plan& plan, LinkChoice choice) {
  if (choice == LinkChoice::mixed)
    return plan.chance(bytes_percent) ? LinkKind::bytes : LinkKind::frames;
  return choice == LinkChoice::bytes ? LinkKind::bytes : LinkKind::frames;
}

}  // namespace

Scenario make_scenario(std::uint64_t seed, const WorkloadOptions& options) {
  Random swarm(seed ^ swarm_salt);
  const Mood mood = mood_of(options.swarm, swarm);
  const Millis span{static_cast<std::int64_t>(options.operations) * gap_ms * mood.pace};
  Plan plan(seed, people(options), span, mood);
  if (options.swarm) begin_with_policies(plan);
  work(plan, chosen_parts(options.swarm, swarm), options.operations);
  const auto faults = chosen_faults(plan, options);
  for (const Fault* fault : faults) fault->add(plan);
  Scenario scenario{.name = "seed-" + std::to_string(seed),
                    .about = about(options, faults),
                    .seed = seed,
                    .store = options.store};
  scenario.link = link_of(plan, options.link);
  scenario.devices = plan.devices();
  scenario.steps = plan.take_steps();
  return scenario;
}

}  // namespace studiosync::e2e
