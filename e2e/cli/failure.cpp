#include "e2e/cli/failure.hpp"

#include <algorithm>
#include <span>

namespace studiosync::e2e {
namespace {

using Steps = std::span<const Step>;

bool looks_at_records(const Expectation& expected) {
  return expected.exists || expected.data || expected.count;
}

bool same_record(const Step& step, const Step& expect) {
  return step.type == expect.type && (expect.id.empty() || step.id == expect.id);
}

bool concerns(const Step& step, const Step& expect) {
  const Expectation& expected = *expect.expectation;
  switch (step.what) {
    case Do::expect:
    case Do::settle:
      return false;
    case Do::put:
    case Do::remove:
      return looks_at_records(expected) && same_record(step, expect);
    case Do::resolve:
      return looks_at_records(expected) ? same_record(step, expect)
                                        : expected.open_conflicts.has_value();
    default:
      return (expected.rejected || expected.link) && step.device == expect.device;
  }
}

// As `query "SELECT 3"`: what the step writes of that which is expected.
void add_values(std::set<std::string>& values, const Step& step, const Step& expect) {
  if (step.what != Do::put || !expect.expectation->data || !same_record(step, expect)) return;
  for (const Json::Member& member : expect.expectation->data->members()) {
    const Json* written = step.data.find(member.key);
    if (written == nullptr || !(*written == member.value)) continue;
    values.insert(member.key + " " + written->canonical());
  }
}

Grounds grounds_of(Steps before, const Step& expect) {
  Grounds grounds;
  for (const Step& step : before) {
    if (concerns(step, expect)) grounds.kinds.insert(step.what);
    add_values(grounds.values, step, expect);
    if (step.what != Do::expect) grounds.settled = step.what == Do::settle;
  }
  return grounds;
}

Steps steps_before(const Scenario& scenario, std::size_t step) {
  return Steps(scenario.steps).first(step);
}

// A run that was stopped is unmet wherever it was by then.
bool expects(const Scenario& scenario, std::size_t step) {
  return step < scenario.steps.size() && scenario.steps[step].what == Do::expect;
}

bool covers(const Grounds& there, const Grounds& needed) {
  return std::ranges::includes(there.kinds, needed.kinds) &&
         std::ranges::includes(there.values, needed.values) && (there.settled || !needed.settled);
}

bool of_the_same(const Step& one, const Step& other) {
  return one.device == other.device && one.type == other.type && one.id == other.id;
}

}  // namespace

Failure::Failure(const Scenario& failing, const Judgement& judgement, std::string rule)
    : rule_(std::move(rule)) {
  if (rule_ != rule_expectation || judgement.run.unmet.empty()) return;
  const Unmet& unmet = judgement.run.unmet.front();
  if (!expects(failing, unmet.step)) return;
  const Step& step = failing.steps[unmet.step];
  expected_ = {step, unmet.message, grounds_of(steps_before(failing, unmet.step), step)};
}

bool Failure::is_in(const Scenario& candidate, const Judgement& judgement) const {
  if (!expected_) {
    return std::ranges::any_of(judgement.violations,
                               [&](const Violation& v) { return v.rule == rule_; });
  }
  return std::ranges::any_of(judgement.run.unmet, [&](const Unmet& unmet) {
    return unmet.message == expected_->message && expects(candidate, unmet.step) &&
           of_the_same(candidate.steps[unmet.step], expected_->step) &&
           covers(grounds_of(steps_before(candidate, unmet.step), expected_->step),
                  expected_->grounds);
  });
}

}  // namespace studiosync::e2e
