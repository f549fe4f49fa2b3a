#include "e2e/shrink/halving.hpp"
#include "e2e/shrink/passes.hpp"

namespace studiosync::e2e {

void simplify_setting(Trial& trial) {
  const Scenario defaults;
  trial.attempt_with([&](Scenario& s) { s.link = defaults.link; });
  trial.attempt_with([&](Scenario& s) { s.store = defaults.store; });
  trial.attempt_with([&](Scenario& s) { s.seed = defaults.seed; });
}

void lower_numbers(Trial& trial) {
  for (std::size_t i = 0; i < trial.best().devices.size(); ++i) {
    trial.attempt_with([i](Scenario& s) { s.devices[i].old_client = false; });
    lower(trial.best().devices[i].skew, [&](Millis skew) {
      return trial.attempt_with([i, skew](Scenario& s) { s.devices[i].skew = skew; });
    });
  }
  for (std::size_t i = 0; i < trial.best().steps.size(); ++i) {
    lower(trial.best().steps[i].ms, [&](Millis ms) {
      return trial.attempt_with([i, ms](Scenario& s) { s.steps[i].ms = ms; });
    });
    lower(trial.best().steps[i].number, [&](std::int64_t number) {
      return trial.attempt_with([i, number](Scenario& s) { s.steps[i].number = number; });
    });
  }
}

}  // namespace studiosync::e2e
