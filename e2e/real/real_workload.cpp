#include "e2e/real/real_workload.hpp"

#include <algorithm>

#include "core/base/random.hpp"
#include "e2e/faults/fault.hpp"

namespace studiosync::e2e {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array possible{"offline"sv,      "crash"sv,        "restore"sv,        "clone"sv,
                              "revoke"sv,       "cut"sv,          "delay"sv,          "partition"sv,
                              "slow"sv,         "server_crash"sv, "server_restore"sv, "drain"sv,
                              "server_pause"sv, "reset"sv};

constexpr std::uint64_t fault_percent = 35;
// An operation takes about a tenth of the time that the workload plans for it.
constexpr std::int64_t faster = 10;

std::vector<std::string> some_faults(std::uint64_t seed) {
  Random random(seed);
  std::vector<std::string> chosen;
  for (const Fault& fault : all_faults()) {
    if (!real_processes_can(fault.name)) continue;
    if (random.below(100) < fault_percent) chosen.emplace_back(fault.name);
  }
  return chosen;
}

}  // namespace

bool real_processes_can(std::string_view fault) noexcept {
  return std::ranges::find(possible, fault) != possible.end();
}

Scenario make_real_scenario(std::uint64_t seed, WorkloadOptions options) {
  if (std::exchange(options.mixed_faults, false)) options.faults = some_faults(seed);
  Scenario scenario = make_scenario(seed, options);
  for (Step& step : scenario.steps) step.ms.count /= faster;
  return scenario;
}

}  // namespace studiosync::e2e
