#include "loadtest/run/verdict.hpp"

#include <algorithm>
#include <cmath>

#include "loadtest/cost.hpp"
#include "loadtest/self_check.hpp"

namespace studiosync::load {
namespace {

// Of a timing, as `name.statistic` says; NaN where nothing was measured.
double measured(const std::string& name, const Results& results) {
  const auto rule = parse_threshold(name + "<1s");
  return rule ? rule->measure(results) : std::nan("");
}

// Those that count from the intended start: a late one is charged to the server.
void check_lateness_of(const ThresholdRule& rule, Results& results) {
  const std::size_t dot = rule.metric.find('.');
  const auto timing = parse_timing(rule.metric.substr(0, dot));
  const bool open = timing == Timing::sync_latency || timing == Timing::propagation ||
                    timing == Timing::connect || timing == Timing::first_sync;
  if (!open || dot == std::string::npos) return;
  std::string statistic = rule.metric.substr(dot);
  if (statistic == ".spread") statistic = ".max";
  const double lag = measured("generator_lag" + statistic, results);
  const double latency = measured(rule.metric.substr(0, dot) + statistic, results);
  if (!std::isnan(lag) && !std::isnan(latency)) {
    check_lateness(rule.metric, lag, latency, results);
  }
}

}  // namespace

Result<std::vector<ThresholdRule>> rules_of(const RunOptions& options) {
  const auto scenario = make_scenario(options.scenario);
  if (!scenario) return fail(ErrorCode::bad_request, "no scenario '" + options.scenario + "'");
  std::vector<std::string> given = options.thresholds;
  if (!options.objective.empty()) given.insert(given.begin(), options.objective);
  return parse_thresholds(given, scenario->spec().thresholds);
}

Trial trial_of(double rate, const ThresholdRule& objective, const std::vector<ThresholdRule>& rules,
               const Results& results) {
  const Threshold aim = judge(objective, results);
  Trial trial{.rate = rate, .measured = aim.measured, .met = aim.met, .valid = results.self.valid};
  for (const ThresholdRule& rule : rules) {
    const bool asks_for_much = rule.expression.find('>') != std::string::npos;
    if (!trial.met || asks_for_much || judge(rule, results).met) continue;
    trial.met = false;
    trial.missed = rule.expression;
  }
  return trial;
}

void conclude(const std::vector<ThresholdRule>& rules, bool must_verify, Results& results) {
  results.thresholds.clear();
  for (const ThresholdRule& rule : rules) {
    results.thresholds.push_back(judge(rule, results));
    if (rule.metric.starts_with("fill_rate")) check_fill(results);
    if (!results.thresholds.back().met) check_lateness_of(rule, results);
  }
  if (results.usage) {
    const MonthlyUse each =
        projected(*results.usage, static_cast<double>(results.users), results.seconds);
    results.dollars_per_user_month = dollars_a_month(each, product_users) / product_users;
  }
  const bool met = std::ranges::all_of(results.thresholds, &Threshold::met);
  const bool verified = !must_verify || results.verification.done;
  const bool found = !results.capacity || results.capacity->rate > 0;
  results.passed =
      met && found && verified && results.verification.lossless() && results.flaw().empty();
}

}  // namespace studiosync::load
