#include "e2e/shrink/trial.hpp"

#include "e2e/scenario/check.hpp"

namespace studiosync::e2e {
namespace {

Hash128 identity(const Scenario& scenario) {
  return hash128(to_json_text(scenario));
}

}  // namespace

Trial::Trial(const Scenario& failing, const StillFails& still_fails, const Budget& budget,
             const std::function<void(const ShrinkProgress&)>& on_progress)
    : still_fails_(still_fails), budget_(budget), on_progress_(on_progress), best_(failing) {
  tried_.insert(identity(failing));
  if (budget_.clock) begin_ = budget_.clock();
}

bool Trial::attempt(Scenario candidate) {
  if (refused_ || !check_scenario(candidate) || !tried_.insert(identity(candidate)).second)
    return false;
  if (exhausted()) {
    refused_ = true;
    return false;
  }
  ++progress_.runs;
  if (!still_fails_(candidate)) return false;
  best_ = std::move(candidate);
  progress_.steps = best_.steps.size();
  progress_.devices = best_.devices.size();
  if (on_progress_) on_progress_(progress_);
  return true;
}

bool Trial::exhausted() const {
  return progress_.runs >= budget_.runs_max ||
         (budget_.clock && budget_.clock() - begin_ >= budget_.time_max) ||
         (budget_.stopped && budget_.stopped());
}

}  // namespace studiosync::e2e
