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
  std::vector<std::vector<std::string>> rows{{curve.dimension, "one change", "a doubling"}};
  for (const CurvePoint& point : curve.points) {
    rows.push_back({std::to_string(point.size), duration_of(point.cost_us),
                    point.growth ? percent_of(*point.growth) : ""});
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
  const bool met = curve->growth * 100 < verb.growth_percent_max;
  std::fputs(as_table(*curve).c_str(), stdout);
  std::printf("%s  one change costs %s more with twice the %s\n", met ? "ok" : "FAILED",
              percent_of(curve->growth).c_str(), curve->dimension.c_str());
  return met ? exit_passed : exit_failed;
}

}  // namespace studiosync::load
