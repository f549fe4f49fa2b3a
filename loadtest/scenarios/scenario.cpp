#include "loadtest/scenarios/scenario.hpp"

namespace studiosync::load {
namespace {

using Factory = std::unique_ptr<Scenario> (*)();
constexpr Factory factories[] = {make_steady, make_spike,     make_initial,  make_download,
                                 make_soak,   make_reconnect, make_conflict, make_idle};

}  // namespace

std::unique_ptr<Scenario> make_scenario(std::string_view name) {
  for (const Factory make : factories) {
    auto scenario = make();
    if (scenario->spec().name == name) return scenario;
  }
  return nullptr;
}

std::vector<ScenarioSpec> all_scenarios() {
  std::vector<ScenarioSpec> specs;
  for (const Factory make : factories) specs.push_back(make()->spec());
  return specs;
}

std::vector<std::string> edit_thresholds() {
  return {"sync_latency.p95<2s", "error_rate<1%", "conflict_rate<5%"};
}

}  // namespace studiosync::load
