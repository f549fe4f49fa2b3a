#include "e2e/process/end_of_log.hpp"

#include <deque>
#include <fstream>

namespace studiosync::e2e {
namespace {

constexpr std::size_t lines_max = 3;
constexpr std::size_t line_bytes_max = 200;

}  // namespace

std::string end_of_log(const std::string& file) {
  std::ifstream in(file);
  std::deque<std::string> last;
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) continue;
    last.push_back(line.substr(0, line_bytes_max));
    if (last.size() > lines_max) last.pop_front();
  }
  if (last.empty()) return "its log is empty";
  std::string text;
  for (const std::string& line : last) text += (text.empty() ? "" : " | ") + line;
  return "its log ends with: " + text;
}

}  // namespace studiosync::e2e
