#include "e2e/process/server_process.hpp"

#include <charconv>
#include <csignal>

#include "core/base/json.hpp"

namespace studiosync::e2e {

ServerProcess::ServerProcess(std::string program, std::string folder,
                             std::vector<std::string> settings)
    : program_(std::move(program)), folder_(std::move(folder)), settings_(std::move(settings)) {}

Result<> ServerProcess::start() {
  std::vector<std::string> command{program_, "serve", "--data",         data(),
                                   "--port", port_,   "--metrics-port", "0"};
  for (const std::string& setting : settings_) {
    command.emplace_back("--set");
    command.push_back(setting);
  }
  SS_ASSIGN(auto process, os::ChildProcess::start(command, folder_ + "/syncd.log"));
  process_ = std::move(process);
  const auto line = process_->read_line(Millis{15'000});
  if (!line) {
    return fail(ErrorCode::server_error, "syncd did not start; see " + folder_ + "/syncd.log");
  }
  SS_ASSIGN(const Json ready, parse_json(*line));
  const Json* http = ready.find("http");
  if (http == nullptr) return fail(ErrorCode::server_error, "unexpected line from syncd: " + *line);
  url_ = http->as_string();
  port_ = url_.substr(url_.rfind(':') + 1);
  return {};
}

pid_t ServerProcess::id() const {
  return process_->id();
}

void ServerProcess::signal(int number) const {
  if (process_) process_->signal(number);
}

void ServerProcess::kill_now() const {
  signal(SIGKILL);
}

void ServerProcess::reap() {
  process_.reset();
}

Result<int> ServerProcess::stop() {
  if (!process_) return 0;
  process_->signal(SIGTERM);
  SS_ASSIGN(const int code, process_->wait(Millis{35'000}));
  process_.reset();
  return code;
}

std::uint16_t ServerProcess::port() const {
  std::uint16_t number = 0;
  std::from_chars(port_.data(), port_.data() + port_.size(), number);
  return number;
}

}  // namespace studiosync::e2e
