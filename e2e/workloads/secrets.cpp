#include "e2e/workloads/parts.hpp"

namespace studiosync::e2e {
namespace {

// A field of a saved query with a credential where one stands in practice. What is left of it when
// it was redacted is still told apart from every other.
void plant(Plan& plan, Json& data) {
  const std::string canary = plan.fresh_canary();
  const std::string user = "app_" + plan.fresh_value();
  switch (plan.random().below(5)) {
    case 0:
      data.set("query", "CREATE USER " + user + " IDENTIFIED BY '" + canary + "'");
      break;
    case 1:
      data.set("query", "ALTER ROLE " + user + " PASSWORD '" + canary + "'");
      break;
    case 2:
      data.set("metadata", Json::object().set("password", canary).set("user", user));
      break;
    case 3:
      data.set("description", "see postgres://" + user + ":" + canary + "@db.example.com/shop");
      break;
    default:
      data.set("query", "SET PASSWORD FOR " + user + " = '" + canary + "'");
      break;
  }
}

}  // namespace

void plant_secrets(Plan& plan, Step step) {
  step.what = Do::put;
  step.type = EntityType::saved_query;
  step.id = plan.any_id("q");
  const std::string value = plan.fresh_value();
  step.data = Json::object();
  if (!plan.made(step) || plan.chance(60)) {
    step.data.set("name", "Users " + value).set("query", "SELECT " + value);
  }
  plant(plan, step.data);
  plan.add(std::move(step));
}

}  // namespace studiosync::e2e
