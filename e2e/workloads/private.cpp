#include "e2e/workloads/parts.hpp"

namespace studiosync::e2e {
namespace {

Json some_run(Plan& plan) {
  Json data = Json::object().set("query", "SELECT " + plan.fresh_value());
  return data.set("executed_at", "2027-01-15T08:00:00Z")
      .set("duration_ms", 12)
      .set("success", true);
}

void run_in_private(Plan& plan, Step& step) {
  step.type = EntityType::query_history;
  step.id = plan.fresh_id("p-" + step.device);
  step.data = some_run(plan).set("privacy_mode", "private");
}

void prefer_here(Plan& plan, Step& step) {
  step.type = EntityType::preference;
  step.id = "window.position";
  step.data = Json::object().set("key", step.id).set("value", plan.fresh_value());
  step.data.set("category", "editor").set("device_id", "device-" + step.device);
}

}  // namespace

void keep_private(Plan& plan, Step step) {
  step.what = Do::put;
  if (plan.chance(50)) {
    run_in_private(plan, step);
  } else {
    prefer_here(plan, step);
  }
  // An old client that knows of no privacy does not know this field either.
  step.data.set("x_note", plan.fresh_canary());
  plan.add(std::move(step));
}

void reuse_withdrawn_id(Plan& plan, Step step) {
  const std::string first = step.device;
  const std::string second = plan.any_device();
  const auto then = [&](const std::string& device, Do what) {
    step.at = step.at + Millis{500};
    step.device = device;
    step.what = what;
    plan.add(step);
  };
  step.type = EntityType::query_history;
  step.id = plan.fresh_id("w");
  if (second != first) then(second, Do::offline);
  step.data = some_run(plan);
  then(first, Do::put);
  step.data = Json::object().set("privacy_mode", "private");
  then(first, Do::put);
  step.data = some_run(plan);
  then(second, Do::put);
  if (second != first) then(second, Do::online);
}

}  // namespace studiosync::e2e
