#include "loadtest/run/verdict.hpp"

#include <algorithm>

#include "loadtest/cost.hpp"
#include "loadtest/self_check.hpp"

namespace studiosync::load {

Result<std::vector<ThresholdRule>> rules_of(const RunOptions& options) {
  const auto scenario = make_scenario(options.scenario);
  if (!scenario) return fail(ErrorCode::bad_request, "no scenario '" + options.scenario + "'");
  return parse_thresholds(options.thresholds, scenario->spec().thresholds);
}

void conclude(const std::vector<ThresholdRule>& rules, bool must_verify, Results& results) {
  results.thresholds.clear();
  for (const ThresholdRule& rule : rules) {
    results.thresholds.push_back(judge(rule, results));
    if (rule.metric.starts_with("fill_rate")) check_fill(results);
  }
  if (results.usage) {
    const MonthlyUse each =
        projected(*results.usage, static_cast<double>(results.users), results.seconds);
    results.dollars_per_user_month = dollars_a_month(each, product_users) / product_users;
  }
  const bool met = std::ranges::all_of(results.thresholds, &Threshold::met);
  const bool verified = !must_verify || results.verification.done;
  results.passed = met && verified && results.verification.lossless() && results.self.valid;
}

}  // namespace studiosync::load
