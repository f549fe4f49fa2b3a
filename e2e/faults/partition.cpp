#include "e2e/faults/fault.hpp"

namespace studiosync::e2e {

namespace {

constexpr std::string_view ways[] = {"in", "out", "both"};

}  // namespace

void partition_network(Plan& plan) {
  for (std::uint64_t left = plan.between(1, 3); left > 0; --left) {
    Step step{.at = plan.any_time(), .what = Do::partition};
    if (plan.chance(80)) step.device = plan.any_device();
    step.text = plan.pick(ways);
    plan.add(step);
    step.what = Do::heal;
    step.at = step.at + plan.between(Millis{1'000}, Millis{40'000});
    plan.add(step);
  }
}

}  // namespace studiosync::e2e
