#include "e2e/shrink/shrink.hpp"

#include <array>

#include "e2e/shrink/passes.hpp"

namespace studiosync::e2e {
namespace {

struct Pass {
  std::string_view name;
  void (*run)(Trial&);
};

// What removes most comes first; contents last, when few steps are left to look at.
constexpr std::array passes{
    Pass{"setting", simplify_setting}, Pass{"users", drop_users},
    Pass{"devices", drop_devices},     Pass{"kinds of steps", drop_kinds},
    Pass{"steps", drop_steps},         Pass{"delays", shorten_delays},
    Pass{"numbers", lower_numbers},    Pass{"contents", simplify_contents},
};

}  // namespace

Smallest shrink(const Scenario& failing, const StillFails& still_fails, const Budget& budget,
                const std::function<void(const ShrinkProgress&)>& on_progress) {
  Trial trial(failing, still_fails, budget, on_progress);
  bool smaller = true;
  while (smaller && !trial.exhausted()) {
    const Scenario before = trial.best();
    for (const Pass& pass : passes) {
      trial.enter(pass.name);
      pass.run(trial);
    }
    smaller = !(trial.best() == before);
  }
  return {.scenario = trial.best(), .exhausted = smaller || trial.refused()};
}

}  // namespace studiosync::e2e
