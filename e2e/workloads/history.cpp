#include "e2e/workloads/parts.hpp"

namespace studiosync::e2e {
namespace {

Json new_run(Plan& plan) {
  Json data = Json::object().set("query", "SELECT " + plan.fresh_value() + " FROM orders");
  data.set("executed_at", "2027-01-15T08:00:00Z").set("duration_ms", 12).set("success", true);
  if (plan.chance(25)) data.set("privacy_mode", "private");
  return data;
}

// What becomes of a run later is anybody's business.
void edit_run(Plan& plan, Step& step) {
  const std::uint64_t kind = plan.random().below(100);
  if (kind < 25) {
    step.what = Do::remove;
  } else if (kind < 62) {
    step.data = Json::object().set("privacy_mode", plan.chance(60) ? "private" : "normal");
  } else {
    step.data = Json::object().set("favorite", plan.chance(50));
    step.data.set("error", "none, " + plan.fresh_value());
  }
}

}  // namespace

void run_queries(Plan& plan, Step step) {
  step.type = EntityType::query_history;
  step.what = Do::put;
  step.id = plan.any_id("h-" + plan.any_device());
  if (plan.made(step) && plan.chance(70)) {
    edit_run(plan, step);
  } else {
    // A new run's id is its device's alone.
    step.id = plan.any_id("h-" + step.device);
    step.data = new_run(plan);
  }
  plan.add(std::move(step));
}

}  // namespace studiosync::e2e
