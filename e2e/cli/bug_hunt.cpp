#include "e2e/cli/bug_hunt.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <sstream>

#include "e2e/cli/judgement.hpp"
#include "e2e/cli/seed_farm.hpp"
#include "e2e/cli/stop_signal.hpp"
#include "e2e/zoo/planted.hpp"

namespace studiosync::e2e {
namespace {

constexpr std::string_view line_fine = "fine";
constexpr std::string_view line_unclean = "unclean";

std::vector<std::string> rules_broken(const Scenario& scenario, const std::string& bug) {
  const Planted planted(bug);
  std::vector<std::string> rules;
  for (const Violation& violation : judge(scenario).violations) {
    if (std::ranges::find(rules, violation.rule) == rules.end()) rules.push_back(violation.rule);
  }
  return rules;
}

// A clean run proves nothing about most seeds, so it is made only where the bug seems to be found.
std::string try_seed(const Scenario& scenario, const std::string& bug) {
  const auto rules = rules_broken(scenario, bug);
  if (rules.empty()) return std::string(line_fine);
  if (!rules_broken(scenario, {}).empty()) return std::string(line_unclean);
  std::string line;
  for (const std::string& rule : rules) line += (line.empty() ? "" : " ") + rule;
  return line;
}

// In a process of its own, as the last one died.
bool fine_without_bug(std::uint64_t seed, const WorkloadOptions& workload) {
  bool fine = false;
  run_seeds(
      {.first = seed, .last = seed},
      [&](std::uint64_t) {
        const bool clean = rules_broken(make_scenario(seed, workload), {}).empty();
        return std::string(clean ? line_fine : line_unclean);
      },
      [&](std::uint64_t, const std::optional<std::string>& line) {
        fine = line == line_fine;
        return true;
      });
  return fine;
}

// What all seeds' processes have taken so far.
double seconds_of_children() {
  rusage usage{};
  (void)::getrusage(RUSAGE_CHILDREN, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::vector<std::string> words(const std::string& line) {
  std::istringstream in(line);
  std::vector<std::string> all;
  for (std::string word; in >> word;) all.push_back(std::move(word));
  return all;
}

}  // namespace

WorkloadOptions workload_of(const Bug& bug, const WorkloadOptions& options) {
  WorkloadOptions workload = options;
  workload.swarm = true;
  if (bug.habitat == Habitat::sqlite) workload.store = StoreKind::sqlite;
  workload.mixed_faults = bug.faults == "all";
  if (workload.mixed_faults || bug.faults == "none") return workload;
  std::istringstream names{std::string(bug.faults)};
  for (std::string name; std::getline(names, name, ',');) workload.faults.push_back(name);
  return workload;
}

Hunt hunt(const Bug& bug, const WorkloadOptions& options, std::uint64_t seeds_max, std::size_t jobs,
          const std::function<void(const Hunt&)>& on_seed) {
  const WorkloadOptions workload = workload_of(bug, options);
  const double begun = seconds_of_children();
  Hunt hunt;
  run_seeds(
      {.first = 1,
       .last = seeds_max,
       .jobs = jobs,
       .stopped = [] { return StopSignal::received() != 0; }},
      [&](std::uint64_t seed) {
        return try_seed(make_scenario(seed, workload), std::string(bug.name));
      },
      [&](std::uint64_t seed, const std::optional<std::string>& line) {
        ++hunt.seeds;
        if (on_seed) on_seed(hunt);
        if (line == line_fine) return true;
        const bool proof = line ? line != line_unclean : fine_without_bug(seed, workload);
        if (!proof) {
          ++hunt.unclean;
          return true;
        }
        hunt.seed = seed;
        hunt.rules = words(line.value_or(std::string(rule_crashed)));
        return false;
      });
  hunt.seconds = seconds_of_children() - begun;
  return hunt;
}

}  // namespace studiosync::e2e
