#include "core/schema/registry.hpp"
#include "e2e/workloads/parts.hpp"

namespace studiosync::e2e {
namespace {

constexpr Strategy strategies[] = {Strategy::last_write_wins, Strategy::keep_both, Strategy::merge,
                                   Strategy::user_choice, Strategy::user_choice};
constexpr std::string_view choices[] = {"local", "remote", "keep_both"};

struct Shared {
  EntityType type;
  std::string_view prefix;
};
constexpr Shared shared[] = {
    {EntityType::saved_query, "q"}, {EntityType::connection, "c"}, {EntityType::ai_session, "s"}};

void choose_policy(Plan& plan, Step step) {
  step.what = Do::policy;
  step.type = plan.pick(user_entity_types);
  std::vector<Strategy> allowed;
  for (const Strategy strategy : strategies) {
    if (strategy_allowed(spec_of(step.type), strategy)) allowed.push_back(strategy);
  }
  step.text = to_string(plan.pick(allowed));
  plan.add(std::move(step));
}

// Whatever is open by then: the plan does not know.
void go_through_conflicts(Plan& plan, Step step) {
  step.what = Do::resolve;
  const Shared& kind = plan.pick(shared);
  step.type = kind.type;
  for (const std::string& id : plan.hot_ids(kind.prefix)) {
    step.id = id;
    step.text = plan.pick(choices);
    plan.add(step);
  }
}

}  // namespace

void decide(Plan& plan, Step step) {
  if (plan.chance(50)) {
    choose_policy(plan, std::move(step));
  } else {
    go_through_conflicts(plan, std::move(step));
  }
}

void begin_with_policies(Plan& plan) {
  for (const DeviceSpec& device : plan.devices()) {
    if (plan.chance(60)) choose_policy(plan, Step{.device = device.name});
  }
}

void mend_rejected(Plan& plan, Step step) {
  step.what = plan.chance(60) ? Do::retry_rejected : Do::discard_rejected;
  plan.add(std::move(step));
}

}  // namespace studiosync::e2e
