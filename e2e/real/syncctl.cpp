#include "e2e/real/syncctl.hpp"

namespace studiosync::e2e {
namespace {

constexpr Millis patience{60'000};

}  // namespace

Result<os::ChildProcess> Syncctl::start(const std::vector<std::string>& words) const {
  std::vector<std::string> command{program_, "--data", folder_, "--json"};
  command.insert(command.end(), words.begin(), words.end());
  return os::ChildProcess::start(command, folder_ + ".log");
}

Result<Syncctl::Answer> Syncctl::run(const std::vector<std::string>& words) const {
  SS_ASSIGN(os::ChildProcess process, start(words));
  Answer answer;
  for (;;) {
    auto line = process.read_line(patience);
    if (!line && line.error().code == ErrorCode::not_found) break;
    if (!line) return Unexpected(std::move(line).error());
    SS_ASSIGN(Json json, parse_json(*line));
    answer.lines.push_back(std::move(json));
  }
  SS_ASSIGN(answer.exit_code, process.wait(patience));
  return answer;
}

}  // namespace studiosync::e2e
