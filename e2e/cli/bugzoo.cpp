#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <set>
#include <thread>

#include "e2e/cli/bug_hunt.hpp"
#include "e2e/cli/exit_code.hpp"
#include "e2e/cli/files.hpp"
#include "e2e/cli/smaller.hpp"
#include "e2e/cli/stop_signal.hpp"
#include "e2e/cli/zoo_report.hpp"

namespace studiosync::e2e {
namespace {

constexpr Millis shrink_max{50'000};

int refuse(const std::string& message, int code) {
  std::fprintf(stderr, "syncsim: %s\n", message.c_str());
  return code;
}

void list(std::span<const Bug> chosen, bool json) {
  for (const Bug& bug : chosen) {
    if (json) {
      Json line = Json::object().set("bug", bug.name).set("defect", bug.defect);
      line.set("rules", bug.rules).set("faults", bug.faults).set("not_run", out_of_reach(bug));
      std::printf("%s\n", line.dump().c_str());
    } else {
      std::printf("%-34.*s %.*s\n", static_cast<int>(bug.name.size()), bug.name.data(),
                  static_cast<int>(bug.defect.size()), bug.defect.data());
    }
  }
}

// The rule that says most of the bug.
const std::string& telling_rule(const Bug& bug, const Hunt& hunt) {
  const auto expected =
      std::ranges::find_if(hunt.rules, [&](const std::string& rule) { return expects(bug, rule); });
  return expected == hunt.rules.end() ? hunt.rules.front() : *expected;
}

Scenario failing_scenario(const Bug& bug, const Hunt& hunt, const WorkloadOptions& options) {
  Scenario failing = make_scenario(hunt.seed, workload_of(bug, options));
  failing.bug = bug.name;
  failing.breaks = telling_rule(bug, hunt);
  return failing;
}

std::size_t devices_at_work(const Scenario& scenario) {
  std::set<std::string> names;
  for (const DeviceSpec& device : scenario.devices) names.insert(device.name);
  return names.size();
}

// The scenario that shows the bug, as small as it gets, under the bug's name.
Result<Shrunk> write_shrunk(const Bug& bug, const Hunt& hunt, const BugzooOptions& options) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point begun = Clock::now();
  Smallest smallest = smaller(failing_scenario(bug, hunt, options.workload), shrink_max);
  Scenario& small = smallest.scenario;
  Shrunk shrunk{.devices = devices_at_work(small),
                .steps = small.steps.size(),
                .exhausted = smallest.exhausted};
  shrunk.seconds = std::chrono::duration<double>(Clock::now() - begun).count();
  small.name = bug.name;
  small.about = bug.defect;
  std::error_code error;
  std::filesystem::create_directories(options.shrink_folder, error);
  const auto file = std::filesystem::path(options.shrink_folder) / (small.name + ".json");
  SS_TRY(write_file(file.string(), to_json_text(small)));
  return shrunk;
}

ReportStyle style_of(const BugzooOptions& options) {
  if (options.json) return ReportStyle::json;
  return options.markdown ? ReportStyle::markdown : ReportStyle::text;
}

int look_for(std::span<const Bug> chosen, const BugzooOptions& options) {
  const std::size_t jobs =
      options.jobs != 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
  const StopSignal signal;
  ZooReport report(style_of(options));
  for (const Bug& bug : chosen) {
    if (!out_of_reach(bug).empty()) {
      report.skipped(bug);
      continue;
    }
    const Hunt found = hunt(bug, options.workload, options.seeds_max, jobs,
                            [&](const Hunt& now) { report.show_progress(bug, now); });
    if (StopSignal::received() != 0 && !found.found()) break;
    std::optional<Shrunk> shrunk;
    // A candidate of a run that died would end this process, too.
    const bool shrinks = found.found() && found.rules.front() != rule_crashed;
    if (!options.shrink_folder.empty() && shrinks) {
      auto written = write_shrunk(bug, found, options);
      if (!written) return refuse(written.error().message, exit_bad_file);
      shrunk = *written;
    }
    report.hunted(bug, found, shrunk);
    if (StopSignal::received() != 0) break;
  }
  const int number = StopSignal::received();
  return exit_code_after(number, report.finish(number != 0) ? exit_fine : exit_violation);
}

}  // namespace

int run_bugzoo(const BugzooOptions& options) {
  std::span<const Bug> chosen = bugs();
  if (!options.bug.empty()) {
    const Bug* bug = find_bug(options.bug);
    if (bug == nullptr) {
      return refuse("no bug '" + options.bug + "'; syncsim bugzoo --list names them", exit_usage);
    }
    chosen = {bug, 1};
  }
  if (options.list) {
    list(chosen, options.json);
    return exit_fine;
  }
  return look_for(chosen, options);
}

}  // namespace studiosync::e2e
