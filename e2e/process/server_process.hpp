// A real syncd that can be killed and brought back on the same port and data.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "os/child_process.hpp"

namespace studiosync::e2e {

class ServerProcess {
 public:
  // `program` is the syncd binary; its data lies in `folder`/server, its log in `folder`/syncd.log.
  // `settings` as for `--set`.
  ServerProcess(std::string program, std::string folder, std::vector<std::string> settings);

  // Starts it and waits until it listens.
  Result<> start();
  bool running() const noexcept { return process_.has_value(); }
  pid_t id() const;       // while running
  void kill_now() const;  // SIGKILL, from any thread
  void reap();            // after kill_now
  void signal(int number) const;
  Result<int> stop();  // SIGTERM; the exit code

  const std::string& url() const noexcept { return url_; }
  std::uint16_t port() const;
  std::string data() const { return folder_ + "/server"; }
  const std::string& program() const noexcept { return program_; }

 private:
  std::string program_;
  std::string folder_;
  std::vector<std::string> settings_;
  std::string url_;
  std::string port_ = "0";  // the first start takes a free one, later ones the same
  std::optional<os::ChildProcess> process_;
};

}  // namespace studiosync::e2e
