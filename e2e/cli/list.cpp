#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "e2e/cli/exit_code.hpp"
#include "e2e/cli/files.hpp"
#include "e2e/cli/verbs.hpp"

namespace studiosync::e2e {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> scenario_files(const std::string& folder, std::error_code& error) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

void print(const fs::path& file, const Scenario& scenario, bool json) {
  if (json) {
    Json line = Json::object().set("file", file.string()).set("name", scenario.name);
    line.set("about", scenario.about)
        .set("steps", static_cast<std::uint64_t>(scenario.steps.size()));
    if (!scenario.bug.empty()) line.set("bug", scenario.bug).set("breaks", scenario.breaks);
    std::printf("%s\n", line.dump().c_str());
  } else {
    std::printf("%-36s %s\n", file.filename().c_str(), scenario.about.c_str());
  }
}

}  // namespace

int run_list(const ListOptions& options) {
  std::error_code error;
  const auto files = scenario_files(options.folder, error);
  if (error) {
    std::fprintf(stderr, "syncsim: %s: %s\n", options.folder.c_str(), error.message().c_str());
    return exit_bad_file;
  }
  int code = exit_fine;
  for (const fs::path& file : files) {
    const auto text = read_file(file.string());
    const auto scenario = text ? parse_scenario(*text) : Unexpected(text.error());
    if (scenario) {
      print(file, *scenario, options.json);
    } else {
      std::fprintf(stderr, "syncsim: %s: %s %s\n", file.c_str(), scenario.error().path.c_str(),
                   scenario.error().message.c_str());
      code = exit_bad_file;
    }
  }
  return code;
}

}  // namespace studiosync::e2e
