#include <set>

#include "e2e/shrink/ddmin.hpp"
#include "e2e/shrink/halving.hpp"
#include "e2e/shrink/passes.hpp"

namespace studiosync::e2e {
namespace {

// Later steps move along, so that the gaps between them stay.
void set_gap(Scenario& scenario, std::size_t step, Millis gap) {
  const Millis before = step == 0 ? Millis{} : scenario.steps[step - 1].at;
  const Millis shift = before + gap - scenario.steps[step].at;
  for (std::size_t i = step; i < scenario.steps.size(); ++i) {
    scenario.steps[i].at = scenario.steps[i].at + shift;
  }
}

Millis gap_before(const Scenario& scenario, std::size_t step) {
  return scenario.steps[step].at - (step == 0 ? Millis{} : scenario.steps[step - 1].at);
}

}  // namespace

void drop_kinds(Trial& trial) {
  std::set<Do> kinds;
  for (const Step& step : trial.best().steps) kinds.insert(step.what);
  for (const Do kind : kinds) {
    trial.attempt_with([kind](Scenario& s) {
      std::erase_if(s.steps, [kind](const Step& step) { return step.what == kind; });
    });
  }
}

void drop_steps(Trial& trial) {
  const Scenario whole = trial.best();
  ddmin(whole.steps.size(), [&](const std::vector<std::size_t>& kept) {
    return trial.attempt_with([&](Scenario& s) {
      s.steps.clear();
      for (const std::size_t i : kept) s.steps.push_back(whole.steps[i]);
    });
  });
}

void shorten_delays(Trial& trial) {
  for (std::size_t i = trial.best().steps.size(); i-- > 0;) {
    lower(gap_before(trial.best(), i), [&](Millis gap) {
      return trial.attempt_with([i, gap](Scenario& s) { set_gap(s, i, gap); });
    });
  }
}

}  // namespace studiosync::e2e
