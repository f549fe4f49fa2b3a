#include "e2e/real/real_world.hpp"

#include <cstdio>
#include <filesystem>

#include "e2e/cli/exit_code.hpp"
#include "e2e/cli/files.hpp"
#include "e2e/cli/judgement.hpp"
#include "e2e/cli/verbs.hpp"
#include "e2e/history/history_file.hpp"
#include "os/entropy.hpp"

namespace studiosync::e2e {
namespace {

namespace fs = std::filesystem;

// A folder that goes with its owner.
class RunFolder {
 public:
  RunFolder() : path_(fs::temp_directory_path() / ("syncsim-" + os::random_uuid())) {
    fs::create_directory(path_);
    fs::permissions(path_, fs::perms::owner_all);
  }
  ~RunFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  RunFolder(const RunFolder&) = delete;
  RunFolder& operator=(const RunFolder&) = delete;

  std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

// syncd and syncctl lie beside syncsim, unless told otherwise.
std::string programs_of(const RealVerbOptions& options) {
  if (!options.programs.empty()) return options.programs;
  return fs::read_symlink("/proc/self/exe").parent_path().string();
}

}  // namespace

int run_real_verb(const RealVerbOptions& options) {
  const auto text = read_file(options.file);
  const auto scenario = text ? parse_scenario(*text) : Unexpected(text.error());
  if (!scenario) {
    std::fprintf(stderr, "syncsim: %s %s\n", scenario.error().message.c_str(),
                 scenario.error().path.c_str());
    return exit_bad_file;
  }
  const RunFolder folder;
  const auto run = run_real(*scenario, {.programs = programs_of(options), .folder = folder.path()});
  if (!run) {
    std::fprintf(stderr, "%s: %s\n", scenario->name.c_str(), run.error().message.c_str());
    return exit_violation;
  }
  for (const std::string& step : run->skipped) std::fprintf(stderr, "left out: %s\n", step.c_str());
  if (!options.history_file.empty()) {
    if (const auto written = write_file(options.history_file, to_json_lines(run->history));
        !written) {
      std::fprintf(stderr, "syncsim: %s\n", written.error().message.c_str());
      return exit_bad_file;
    }
  }
  const auto violations = check(run->history);
  std::printf("%s: %s, %zu events\n", scenario->name.c_str(),
              violations.empty() ? "ok" : "violated", run->history.size());
  for (const Violation& violation : violations) std::printf("  %s\n", to_text(violation).c_str());
  return violations.empty() ? exit_fine : exit_violation;
}

}  // namespace studiosync::e2e
