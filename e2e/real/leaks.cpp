#include "e2e/real/leaks.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "e2e/history/canary.hpp"

namespace studiosync::e2e {
namespace {

namespace fs = std::filesystem;

void look_into(const fs::path& file, const std::string& name, std::vector<Leaked>& leaks) {
  std::ifstream stream(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  const std::vector<std::string> found = canaries_in(bytes);
  for (const std::string& secret : std::set<std::string>(found.begin(), found.end())) {
    leaks.push_back({secret, name});
  }
}

}  // namespace

std::vector<Leaked> leaks_in(const std::string& run_folder) {
  std::vector<Leaked> leaks;
  for (const auto& entry : fs::recursive_directory_iterator(run_folder)) {
    const std::string name = fs::relative(entry.path(), run_folder).string();
    const bool ours = name.starts_with("server") || name.ends_with(".log");
    if (ours && entry.is_regular_file()) look_into(entry.path(), name, leaks);
  }
  std::ranges::sort(leaks, {}, &Leaked::where);
  return leaks;
}

}  // namespace studiosync::e2e
