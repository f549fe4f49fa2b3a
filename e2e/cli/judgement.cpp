#include "e2e/cli/judgement.hpp"

#include "core/base/hex.hpp"

namespace studiosync::e2e {
namespace {

constexpr std::size_t violations_shown_max = 10;

Violation violation_of(const Unmet& unmet, const Scenario& scenario) {
  if (unmet.step == scenario.steps.size()) {
    return {.rule = std::string(rule_expectation),
            .event = unmet.event,
            .lane = "server",
            .message = "at the end: " + unmet.message};
  }
  const Step& step = scenario.steps[unmet.step];
  return {.rule = std::string(rule_expectation),
          .event = unmet.event,
          .lane = step.device.empty() ? "server" : step.device,
          .type = step.type,
          .id = step.id,
          .message = "step " + std::to_string(unmet.step + 1) + ": " + unmet.message};
}

Violation restless(const History& history) {
  return {.rule = "queue-stuck",
          .event = history.size() - 1,
          .lane = "network",
          .message = "something is still under way long after everything healed"};
}

std::string record_of(const Violation& violation) {
  if (violation.id.empty()) return {};
  return std::string(to_string(violation.type)) + " " + violation.id;
}

}  // namespace

std::vector<Violation> judge(const Scenario& scenario, const History& history,
                             const std::vector<Unmet>& unmet) {
  std::vector<Violation> violations = check(history);
  for (const Unmet& one : unmet) violations.push_back(violation_of(one, scenario));
  return violations;
}

Judgement judge(const Scenario& scenario, RunOptions options) {
  Judgement judgement{.run = run_scenario(scenario, options)};
  judgement.violations = judge(scenario, judgement.run.history, judgement.run.unmet);
  if (!judgement.run.quiet) judgement.violations.push_back(restless(judgement.run.history));
  return judgement;
}

Json to_json(const Violation& violation) {
  Json json = Json::object().set("rule", violation.rule).set("event", violation.event);
  json.set("lane", violation.lane);
  if (!violation.user.empty()) json.set("user", violation.user);
  if (!violation.id.empty()) {
    json.set("type", to_string(violation.type)).set("id", violation.id);
  }
  return json.set("message", violation.message);
}

std::string to_text(const Violation& violation) {
  std::string text =
      violation.rule + " at event " + std::to_string(violation.event) + " on " + violation.lane;
  if (const std::string record = record_of(violation); !record.empty()) text += ", " + record;
  return text + ": " + violation.message;
}

Json with_violations(Json line, const std::vector<Violation>& violations) {
  if (violations.empty()) return line;
  Json shown = Json::array();
  for (const Violation& violation : violations) {
    if (shown.items().size() == violations_shown_max) break;
    shown.push_back(to_json(violation));
  }
  line.set("violations", std::move(shown));
  return line.set("violation_count", static_cast<std::uint64_t>(violations.size()));
}

Json to_json(std::uint64_t seed, const Judgement& judgement) {
  const RunResult& run = judgement.run;
  Json line = Json::object().set("seed", seed);
  line.set("verdict", judgement.fine() ? "ok" : "violation");
  if (run.trace_hash) line.set("trace_hash", hex64(*run.trace_hash));
  line.set("virtual_ms", run.virtual_time.count);
  line.set("ops", run.operations).set("events", static_cast<std::uint64_t>(run.history.size()));
  return with_violations(std::move(line), judgement.violations);
}

}  // namespace studiosync::e2e
