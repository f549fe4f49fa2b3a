#include "e2e/workloads/parts.hpp"

namespace studiosync::e2e {

void edit_large_records(Plan& plan, Step step) {
  step.what = Do::put;
  step.type = EntityType::saved_query;
  step.id = "large-" + std::to_string(plan.between(1, 2));
  const std::string value = plan.fresh_value();
  std::string query = "SELECT " + value;
  const std::uint64_t columns = plan.between(500, 4'000);
  for (std::uint64_t column = 0; column < columns; ++column) {
    query += ", column_" + std::to_string(column);
  }
  step.data = Json::object().set("name", "Wide " + value).set("query", query + " FROM wide");
  plan.add(std::move(step));
}

}  // namespace studiosync::e2e
