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
  std::vector<std::vector<std::string>> rows{{curve.dimension, "one change", "pushes",
                                              "a further push", "a message", "a doubling",
                                              "sync_latency p50"}};
  for (const CurvePoint& point : curve.points) {
    char pushes[32];
    std::snprintf(pushes, sizeof pushes, "%.1f", point.pushes);
    rows.push_back({std::to_string(point.size), duration_of(point.change_us), pushes,
                    point.push_us ? duration_of(*point.push_us) : "", duration_of(point.message_us),
                    point.growth ? percent_of(*point.growth) : "", duration_of(point.latency_us)});
  }
  return client::table(rows) + "\n";
}

}  // namespace

int run_curve(const CurveVerb& verb) {
  const auto curve = read_curve(verb.files);
  if (!curve) {
    complain(curve.error());
    return exit_usage;
  }
  std::fputs(as_table(*curve).c_str(), stdout);
  const auto met = [&](const char* what, double growth) {
    const bool small = growth * 100 < verb.growth_percent_max;
    std::printf("%s  %s costs %s more with twice the %s\n", small ? "ok" : "FAILED", what,
                percent_of(growth).c_str(), curve->dimension.c_str());
    return small;
  };
  const bool messages = met("a message", curve->growth);
  const bool pushes = !curve->push_growth || met("a further push", *curve->push_growth);
  return messages && pushes ? exit_passed : exit_failed;
}

}  // namespace studiosync::load
