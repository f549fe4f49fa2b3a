#include <algorithm>
#include <cstdio>

#include "core/base/hex.hpp"
#include "e2e/cli/exit_code.hpp"
#include "e2e/cli/files.hpp"
#include "e2e/cli/judgement.hpp"
#include "e2e/cli/seed_options.hpp"
#include "e2e/draw/draw.hpp"
#include "e2e/history/history_file.hpp"
#include "e2e/trace/outcome.hpp"
#include "e2e/zoo/planted.hpp"

namespace studiosync::e2e {
namespace {

int refuse(const Error& error, int code) {
  const std::string path = error.path.empty() ? "" : " (" + error.path + ")";
  std::fprintf(stderr, "syncsim: %s%s\n", error.message.c_str(), path.c_str());
  return code;
}

// What a scenario is mostly about. A seed has many.
void print_outcomes(const History& history) {
  constexpr std::size_t shown_max = 10;
  const auto outcomes = outcomes_of(history);
  for (std::size_t i = 0; i < std::min(outcomes.size(), shown_max); ++i) {
    std::printf("  %s\n", to_text(outcomes[i]).c_str());
  }
  if (outcomes.size() > shown_max) std::printf("  and %zu more\n", outcomes.size() - shown_max);
}

void print(const Scenario& scenario, const Judgement& judgement) {
  const RunResult& run = judgement.run;
  std::printf("%s: %s\n", scenario.name.c_str(), judgement.fine() ? "ok" : "violated");
  if (!scenario.about.empty()) std::printf("  %s\n", scenario.about.c_str());
  if (!scenario.bug.empty()) std::printf("  planted bug: %s\n", scenario.bug.c_str());
  std::printf("  %llu operations, %zu events, %lld ms of virtual time, trace hash %s\n",
              static_cast<unsigned long long>(run.operations), run.history.size(),
              static_cast<long long>(run.virtual_time.count), hex64(*run.trace_hash).c_str());
  print_outcomes(run.history);
  for (const Violation& violation : judgement.violations) {
    std::printf("  %s\n", to_text(violation).c_str());
  }
}

// Not of the verdict.
void print_remarks(const std::vector<Remark>& remarks) {
  constexpr std::size_t shown_max = 10;
  for (std::size_t i = 0; i < std::min(remarks.size(), shown_max); ++i) {
    std::fprintf(stderr, "syncsim: step %zu: %s\n", remarks[i].step + 1,
                 remarks[i].message.c_str());
  }
  if (remarks.size() > shown_max) {
    std::fprintf(stderr, "syncsim: and %zu more like these\n", remarks.size() - shown_max);
  }
}

Result<> write_files(const RunVerbOptions& options, const Scenario& scenario,
                     const Judgement& judgement) {
  const History& history = judgement.run.history;
  if (!options.scenario_file.empty()) {
    SS_TRY(write_file(options.scenario_file, to_json_text(scenario)));
  }
  if (!options.history_file.empty()) {
    SS_TRY(write_file(options.history_file, to_json_lines(history)));
  }
  if (!options.html_file.empty()) {
    SS_TRY(write_file(options.html_file, draw_html(scenario, history, judgement.violations)));
  }
  return {};
}

}  // namespace

int run_one(const RunVerbOptions& options) {
  auto scenario = scenario_of(options.file, options.of_seed);
  if (!scenario) {
    return refuse(scenario.error(), options.file.empty() ? exit_usage : exit_bad_file);
  }
  const bool detailed = !options.history_file.empty() || !options.html_file.empty();
  if (const auto known = choose_bug(*scenario, options.bug); !known) {
    return refuse(known.error(), options.bug.empty() ? exit_bad_file : exit_usage);
  }
  const Planted planted(scenario->bug);
  const Judgement judgement =
      judge(*scenario, {.detail = detailed ? Detail::frames : Detail::outcomes});
  print_remarks(judgement.run.remarks);
  if (options.json) {
    Json line = to_json(scenario->seed, judgement);
    if (!scenario->bug.empty()) line.set("bug", scenario->bug);
    std::printf("%s\n", line.dump().c_str());
  } else {
    print(*scenario, judgement);
  }
  if (const auto written = write_files(options, *scenario, judgement); !written) {
    return refuse(written.error(), exit_bad_file);
  }
  return judgement.fine() ? exit_fine : exit_violation;
}

}  // namespace studiosync::e2e
