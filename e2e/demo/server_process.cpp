#include "e2e/demo/server_process.hpp"

#include <csignal>

#include "core/base/json.hpp"

namespace studiosync::demo {

ServerProcess::ServerProcess(std::string program, std::string folder)
    : program_(std::move(program)), folder_(std::move(folder)) {}

Result<> ServerProcess::start() {
  const std::vector<std::string> command{
      program_,         "serve", "--data", folder_ + "/server", "--port", port_,
      "--metrics-port", "0",     "--set",  "auth.bcrypt_cost=6"};
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

void ServerProcess::kill_now() const {
  process_->signal(SIGKILL);
}

void ServerProcess::reap() {
  process_->kill();
}

Result<int> ServerProcess::stop() {
  process_->signal(SIGTERM);
  return process_->wait(Millis{35'000});
}

}  // namespace studiosync::demo
