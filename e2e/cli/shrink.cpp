#include <cstdio>

#include "e2e/cli/exit_code.hpp"
#include "e2e/cli/files.hpp"
#include "e2e/cli/judgement.hpp"
#include "e2e/cli/seed_options.hpp"
#include "e2e/cli/smaller.hpp"
#include "e2e/cli/stop_signal.hpp"
#include "e2e/zoo/planted.hpp"

namespace studiosync::e2e {
namespace {

int refuse(const Error& error, int code) {
  std::fprintf(stderr, "syncsim: %s\n", error.message.c_str());
  return code;
}

std::string first_rule_broken(const Scenario& scenario) {
  const Planted planted(scenario.bug);
  const Judgement judgement = judge(scenario);
  return judgement.fine() ? std::string() : judgement.violations.front().rule;
}

}  // namespace

int run_shrink(const ShrinkVerbOptions& options) {
  auto scenario = scenario_of(options.file, options.of_seed);
  if (!scenario) {
    return refuse(scenario.error(), options.file.empty() ? exit_usage : exit_bad_file);
  }
  if (const auto known = choose_bug(*scenario, options.bug); !known) {
    return refuse(known.error(), options.bug.empty() ? exit_bad_file : exit_usage);
  }
  scenario->breaks = first_rule_broken(*scenario);
  if (scenario->breaks.empty()) return refuse({.message = "it breaks no rule"}, exit_usage);
  const StopSignal signal;
  const Smallest small = smaller(*scenario, options.time_max);
  if (StopSignal::received() != 0) {
    std::fprintf(stderr, "syncsim: interrupted: it may get smaller yet\n");
  } else if (small.exhausted) {
    std::fprintf(stderr, "syncsim: the time or the runs for it are over: it may get smaller yet\n");
  }
  const std::string text = to_json_text(small.scenario);
  if (options.out_file.empty()) {
    std::printf("%s\n", text.c_str());
  } else if (const auto written = write_file(options.out_file, text); !written) {
    return refuse(written.error(), exit_bad_file);
  }
  return exit_code_after(StopSignal::received(), exit_fine);
}

}  // namespace studiosync::e2e
