#include "e2e/workloads/parts.hpp"

namespace studiosync::e2e {
namespace {

constexpr std::string_view folders[] = {"", "reports", "reports/weekly", "scratch"};
constexpr std::string_view tags[] = {"daily", "slow", "finance", "draft", "shared"};

Json some_tags(Plan& plan) {
  Json list = Json::array();
  for (const std::string_view tag : tags) {
    if (plan.chance(30)) list.push_back(tag);
  }
  list.push_back(plan.fresh_value());
  return list;
}

Json whole_query(Plan& plan) {
  const std::string value = plan.fresh_value();
  Json data = Json::object();
  data.set("name", "Orders " + value).set("query", "SELECT " + value + " FROM orders");
  data.set("folder", plan.pick(folders));
  if (plan.chance(50)) data.set("tags", some_tags(plan));
  if (plan.chance(30)) data.set("description", "made as " + value);
  // A field that no version of ours knows: it is kept and synced all the same.
  if (plan.chance(10)) data.set("x_future", value);
  return data;
}

// One or two fields, as a user changes them in a form.
Json some_fields(Plan& plan) {
  Json data = Json::object();
  for (std::uint64_t left = plan.between(1, 2); left > 0; --left) {
    const std::string value = plan.fresh_value();
    switch (plan.random().below(7)) {
      case 0:
        data.set("name", "Orders " + value);
        break;
      case 1:
        data.set("query", "SELECT " + value + " FROM orders");
        break;
      case 2:
        data.set("description", plan.chance(20) ? Json() : Json("about " + value));
        break;
      case 3:
        data.set("folder", "by hand/" + value);
        break;
      case 4:
        data.set("favorite", plan.chance(50));
        break;
      case 5:
        data.set("tags", some_tags(plan));
        break;
      default:
        data.set("metadata", Json::object().set("color", value));
        break;
    }
  }
  return data;
}

}  // namespace

void type_the_same(Plan& plan, Step step) {
  step.type = EntityType::saved_query;
  step.what = Do::put;
  step.id = plan.any_id("q");
  step.data = whole_query(plan);
  plan.add(step);
  step.device = plan.any_device();
  plan.add(std::move(step));
}

void name_like_copies(Plan& plan, Step step) {
  step.type = EntityType::saved_query;
  step.what = Do::put;
  step.id = plan.any_id("q");
  step.data = whole_query(plan);
  step.data.set("name",
                "Orders " + plan.fresh_value() + " (conflicted copy - " + plan.any_device() + ")");
  plan.add(std::move(step));
}

void edit_queries(Plan& plan, Step step) {
  step.type = EntityType::saved_query;
  step.id = plan.any_id("q");
  const std::uint64_t kind = plan.random().below(100);
  const bool made = plan.made(step);
  step.what = made && kind < 12 ? Do::remove : Do::put;
  if (step.what == Do::put) {
    step.data = made && kind >= 40 ? some_fields(plan) : whole_query(plan);
  }
  plan.add(std::move(step));
}

}  // namespace studiosync::e2e
