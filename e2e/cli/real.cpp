#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <functional>

#include "e2e/cli/exit_code.hpp"
#include "e2e/cli/files.hpp"
#include "e2e/cli/real_judgement.hpp"
#include "e2e/cli/seed_options.hpp"
#include "e2e/cli/verbs.hpp"
#include "e2e/history/history_file.hpp"
#include "e2e/process/guarded.hpp"
#include "e2e/real/real_workload.hpp"

namespace studiosync::e2e {
namespace {

// Long enough for an answer on a busy machine, and short enough for a run.
constexpr Millis request_timeout_of_seeds{500};

int refuse_run(const Error& error, int code) {
  const std::string path = error.path.empty() ? "" : " (" + error.path + ")";
  std::fprintf(stderr, "syncsim: %s%s\n", error.message.c_str(), path.c_str());
  return code;
}

// syncd and syncctl lie beside syncsim, unless told otherwise.
std::string programs_of(const RealVerbOptions& options) {
  if (!options.programs.empty()) return options.programs;
  return std::filesystem::read_symlink("/proc/self/exe").parent_path().string();
}

Result<> check_programs(const RealVerbOptions& options) {
  for (const char* program : {"syncd", "syncctl"}) {
    const std::string file = programs_of(options) + "/" + program;
    if (::access(file.c_str(), X_OK) == 0) continue;
    return fail(ErrorCode::not_found, file + ": is no program that can be started");
  }
  return {};
}

int run_with_programs(const RealVerbOptions& options,
                      const std::function<int(const std::string& folder)>& work) {
  const auto there = check_programs(options);
  return there ? run_guarded(work) : refuse_run(there.error(), exit_not_started);
}

// Of a scenario's name that is no file's, none of its folders.
std::string folder_name(const Scenario& scenario) {
  std::string name = scenario.name;
  std::ranges::replace(name, '/', '_');
  return name == "." || name == ".." ? "scenario" : name;
}

// What a person needs to find the cause: the same run may take another course next time.
void keep(const RealVerbOptions& options, const Scenario& scenario, const RealJudgement& judgement,
          const std::string& folder) {
  if (options.keep_folder.empty() || judgement.fine()) return;
  const std::string kept = options.keep_folder + "/" + folder_name(scenario);
  std::error_code failed;
  std::filesystem::remove_all(kept, failed);
  std::filesystem::create_directories(kept, failed);
  std::filesystem::copy(folder, kept, std::filesystem::copy_options::recursive, failed);
  if (failed) std::fprintf(stderr, "keeping %s: %s\n", kept.c_str(), failed.message().c_str());
  (void)write_file(kept + "/scenario.json", to_json_text(scenario));
  (void)write_file(kept + "/history.jsonl", to_json_lines(judgement.run.history));
}

void print(const Scenario& scenario, const RealJudgement& judgement) {
  std::printf("%s: %s, %zu events; expectations: %zu judged, %zu left out\n", scenario.name.c_str(),
              std::string(judgement.verdict()).c_str(), judgement.run.history.size(),
              judgement.run.judged, judgement.run.left_out.expectations);
  for (const Violation& violation : judgement.violations) {
    std::printf("  %s\n", to_text(violation).c_str());
  }
}

int run_file(const RealVerbOptions& options, const Scenario& scenario, const std::string& folder) {
  const RealJudgement judgement =
      judge_real(scenario, {.programs = programs_of(options), .folder = folder});
  for (const std::string& what : judgement.run.left_out.what) {
    std::fprintf(stderr, "left out: %s\n", what.c_str());
  }
  if (!scenario.bug.empty()) {
    std::fprintf(stderr, "left out: the bug %s\n", scenario.bug.c_str());
  }
  keep(options, scenario, judgement, folder);
  if (options.of_seeds.json) {
    std::printf("%s\n", to_json(scenario.seed, scenario, judgement).dump().c_str());
  } else {
    print(scenario, judgement);
  }
  if (!options.history_file.empty()) {
    const auto written = write_file(options.history_file, to_json_lines(judgement.run.history));
    if (!written) return refuse_run(written.error(), exit_bad_file);
  }
  if (judgement.exit_code() == exit_unjudged) {
    return refuse_run(
        {.message = scenario.name +
                    ": nothing was judged but the invariants: each expectation stands "
                    "behind something that real processes cannot do (`syncsim run` can)"},
        exit_unjudged);
  }
  return judgement.exit_code();
}

Result<WorkloadOptions> workload_for_processes(const SoakOptions& options) {
  SS_ASSIGN(WorkloadOptions workload, workload_of(options));
  for (const std::string& fault : workload.faults) {
    if (!real_processes_can(fault)) {
      return fail(ErrorCode::bad_request, "real processes cannot do '" + fault + "'");
    }
  }
  return workload;
}

// One seed after another, each in a folder of its own below the run's.
class SeedRuns {
 public:
  SeedRuns(const RealVerbOptions& options, const WorkloadOptions& workload, std::string folder)
      : options_(options), workload_(workload), folder_(std::move(folder)) {}

  int run(const SeedRange& seeds) {
    run_seeds(
        seeds, [this](std::uint64_t seed) { return run_one_seed(seed).dump(); },
        [this](std::uint64_t seed, const std::optional<std::string>& line) {
          report_.take(seed, line);
          return true;
        });
    return report_.finish();
  }

 private:
  Json run_one_seed(std::uint64_t seed) const {
    const std::string folder = folder_ + "/seed-" + std::to_string(seed);
    std::filesystem::create_directory(folder);
    const Scenario scenario = make_real_scenario(seed, workload_);
    const RealJudgement judgement =
        judge_real(scenario, {.programs = programs_of(options_),
                              .folder = folder,
                              .request_timeout = request_timeout_of_seeds,
                              .hit_traffic = true});
    keep(options_, scenario, judgement, folder);
    std::filesystem::remove_all(folder);
    return to_json(seed, scenario, judgement);
  }

  const RealVerbOptions& options_;
  const WorkloadOptions& workload_;
  const std::string folder_;
  RealReport report_{options_.of_seeds.json};
};

int run_of_seeds(const RealVerbOptions& options) {
  const auto workload = workload_for_processes(options.of_seeds);
  if (!workload) return refuse_run(workload.error(), exit_usage);
  const auto seeds = seeds_of(options.of_seeds);
  if (!seeds) return refuse_run(seeds.error(), exit_usage);
  return run_with_programs(options, [&](const std::string& folder) {
    return SeedRuns(options, *workload, folder).run(*seeds);
  });
}

}  // namespace

int run_real_verb(const RealVerbOptions& options) {
  if (options.file.empty()) return run_of_seeds(options);
  const auto text = read_file(options.file);
  const auto scenario = text ? parse_scenario(*text) : Unexpected(text.error());
  if (!scenario) return refuse_run(scenario.error(), exit_bad_file);
  return run_with_programs(
      options, [&](const std::string& folder) { return run_file(options, *scenario, folder); });
}

}  // namespace studiosync::e2e
