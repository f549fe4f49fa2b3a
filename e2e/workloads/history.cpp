#include "e2e/workloads/parts.hpp"

namespace studiosync::e2e {

void run_queries(Plan& plan, Step step) {
  step.type = EntityType::query_history;
  step.what = Do::put;
  const std::string value = plan.fresh_value();
  const std::uint64_t kind = plan.random().below(100);
  // A run's id is its device's alone; what becomes of it later is anybody's business.
  const std::string& of = kind < 60 ? step.device : plan.any_device();
  step.id = plan.any_id("h-" + of);
  if (kind < 60) {
    step.data = Json::object().set("query", "SELECT " + value + " FROM orders");
    step.data.set("executed_at", "2027-01-15T08:00:00Z").set("duration_ms", 12);
    step.data.set("success", true);
    if (kind < 15) step.data.set("privacy_mode", "private");
  } else if (kind < 75) {
    step.data = Json::object().set("privacy_mode", plan.chance(60) ? "private" : "normal");
  } else if (kind < 90) {
    step.data = Json::object().set("favorite", plan.chance(50)).set("error", "none, " + value);
  } else {
    step.what = Do::remove;
  }
  plan.add(std::move(step));
}

}  // namespace studiosync::e2e
