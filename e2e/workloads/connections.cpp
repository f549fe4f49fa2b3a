#include "e2e/workloads/parts.hpp"

namespace studiosync::e2e {
namespace {

constexpr std::string_view databases[] = {"postgres", "mysql", "sqlite", "mssql"};

Json whole_connection(Plan& plan) {
  const std::string value = plan.fresh_value();
  Json data = Json::object();
  data.set("name", "Warehouse " + value).set("type", plan.pick(databases));
  data.set("host", value + ".example.com").set("port", 5432).set("database", "shop");
  if (plan.chance(40)) data.set("environment_tags", Json(Json::Array{Json("staging")}));
  return data;
}

Json some_fields(Plan& plan) {
  const std::string value = plan.fresh_value();
  Json data = Json::object();
  switch (plan.random().below(5)) {
    case 0:
      return data.set("name", "Warehouse " + value);
    case 1:
      return data.set("host", value + ".example.com");
    case 2:
      return data.set("port", static_cast<std::int64_t>(plan.between(1'024, 65'535)));
    case 3:
      return data.set("parameters", Json::object().set("application_name", value));
    default:
      return data.set("color", value).set("use_ssh", plan.chance(50));
  }
}

}  // namespace

void edit_connections(Plan& plan, Step step) {
  step.type = EntityType::connection;
  step.id = plan.any_id("c");
  const std::uint64_t kind = plan.random().below(100);
  const bool made = plan.made(step);
  step.what = made && kind < 10 ? Do::remove : Do::put;
  if (step.what == Do::put) {
    step.data = made && kind >= 45 ? some_fields(plan) : whole_connection(plan);
  }
  plan.add(std::move(step));
}

}  // namespace studiosync::e2e
