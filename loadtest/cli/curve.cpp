#include "loadtest/curve.hpp"

#include <cstdio>

#include "client/cli/output.hpp"
#include "loadtest/cli/exit_code.hpp"
#include "loadtest/cli/files.hpp"
#include "loadtest/cli/verbs.hpp"
#include "loadtest/results_file.hpp"
#include "loadtest/units.hpp"

namespace studiosync::load {
namespace {

Result<Curve> read_curve(const std::vector<std::string>& files) {
  std::vector<Results> runs;
  for (const std::string& file : files) {
    SS_ASSIGN(Results run, read_results(file));
    runs.push_back(std::move(run));
  }
  return curve_of(runs);
}

std::string as_table(const Curve& curve) {
  const auto growth_of = [](const std::optional<double>& growth) {
    return growth ? percent_of(*growth) : std::string();
  };
  std::vector<std::vector<std::string>> rows{{curve.dimension, "one change", "a doubling", "pushes",
                                              "a further push", "a doubling", "sync_latency p50"}};
  for (const CurvePoint& point : curve.points) {
    char pushes[32];
    std::snprintf(pushes, sizeof pushes, "%.1f", point.pushes);
    rows.push_back({std::to_string(point.size), duration_of(point.change_us),
                    growth_of(point.growth), pushes,
                    point.push_us ? duration_of(*point.push_us) : "", growth_of(point.push_growth),
                    duration_of(point.latency_us)});
  }
  return client::table(rows) + "\n";
}

const char* word_of(CurveVerdict verdict) {
  switch (verdict) {
    case CurveVerdict::ok:
      return "ok     ";
    case CurveVerdict::within_noise:
      return "noise  ";
    case CurveVerdict::failed:
      return "FAILED ";
    default:
      return "note   ";
  }
}

}  // namespace

int run_curve(const CurveVerb& verb) {
  const auto curve = read_curve(verb.files);
  if (!curve) {
    complain(curve.error());
    return exit_usage;
  }
  std::fputs(as_table(*curve).c_str(), stdout);
  const CurveRule rule{.growth_max = verb.growth_percent_max / 100,
                       .noise = verb.noise_percent / 100};
  bool failed = false;
  for (const CurveFinding& finding : judge(*curve, rule)) {
    std::printf("%s %s\n", word_of(finding.verdict), finding.text.c_str());
    failed = failed || finding.verdict == CurveVerdict::failed;
  }
  std::printf(
      "allowed: %s a doubling; of a step, besides, what costs that are right within %s "
      "explain (noise)\n",
      percent_of(rule.growth_max).c_str(), percent_of(rule.noise).c_str());
  return failed ? exit_failed : exit_passed;
}

}  // namespace studiosync::load
