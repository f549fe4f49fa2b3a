#include "e2e/workloads/parts.hpp"

namespace studiosync::e2e {
namespace {

constexpr std::string_view keys[] = {"theme", "font.size", "grid.density", "editor.tabs", "locale"};

}  // namespace

void edit_preferences(Plan& plan, Step step) {
  step.type = EntityType::preference;
  const std::string key(plan.pick(keys));
  step.id = key;
  const std::uint64_t kind = plan.random().below(100);
  step.what = kind < 8 && plan.made(step) ? Do::remove : Do::put;
  if (step.what == Do::put) {
    step.data = Json::object().set("key", key).set("value", plan.fresh_value());
    step.data.set("category", "editor");
    // Its id follows from the key and the device: it meets no other.
    if (kind < 20) step.data.set("device_id", "device-" + step.device);
  }
  plan.add(std::move(step));
}

}  // namespace studiosync::e2e
