#include "e2e/workloads/parts.hpp"

namespace studiosync::e2e {
namespace {

constexpr std::string_view roles[] = {"user", "assistant"};

void edit_session(Plan& plan, Step step, std::uint64_t kind) {
  const std::string value = plan.fresh_value();
  step.type = EntityType::ai_session;
  const bool made = plan.made(step);
  if (made && kind < 6) {
    step.what = Do::remove;
  } else if (!made || kind < 20) {
    step.data = Json::object().set("title", "Chat " + value).set("summary", "so far " + value);
  } else {
    step.data = Json::object().set("token_count", static_cast<std::int64_t>(kind * 100));
    if (plan.chance(60)) step.data.set("summary", "so far " + value);
  }
  plan.add(std::move(step));
}

// A message is written once, or deleted: nobody edits what was said.
void say_something(Plan& plan, Step step) {
  const std::string session = step.id;
  step.type = EntityType::ai_message;
  step.id = plan.any_id("m-" + plan.any_device());
  if (plan.made(step) && plan.chance(25)) {
    step.what = Do::remove;
  } else {
    step.id = plan.fresh_id("m-" + step.device);
    step.data = Json::object().set("session_id", session).set("role", plan.pick(roles));
    step.data.set("content", "said " + plan.fresh_value());
  }
  plan.add(std::move(step));
}

}  // namespace

void chat(Plan& plan, Step step) {
  step.what = Do::put;
  step.id = plan.any_id("s");
  const std::uint64_t kind = plan.random().below(100);
  if (kind < 45) {
    edit_session(plan, std::move(step), kind);
  } else {
    say_something(plan, std::move(step));
  }
}

}  // namespace studiosync::e2e
