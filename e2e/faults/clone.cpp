#include "e2e/faults/fault.hpp"

namespace studiosync::e2e {

void clone_device(Plan& plan) {
  const std::string& original = plan.any_device();
  Step step{.at = plan.any_time(), .what = Do::clone, .device = original};
  step.text = original + "-clone";
  plan.add(step);
  // Its user works on it, too.
  for (std::uint64_t left = plan.between(2, 6); left > 0; --left) {
    Step edit{.what = Do::put, .device = step.text, .type = EntityType::saved_query};
    edit.at = step.at + plan.a_while(Millis{10}, Millis{20'000});
    edit.id = plan.any_id("q");
    const std::string value = plan.fresh_value();
    edit.data = Json::object().set("name", "Clone " + value).set("query", "SELECT " + value);
    plan.add(std::move(edit));
  }
}

}  // namespace studiosync::e2e
