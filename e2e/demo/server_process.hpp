// A real syncd that can be killed and brought back on the same port and data.
#pragma once

#include <optional>
#include <string>

#include "os/child_process.hpp"

namespace studiosync::demo {

class ServerProcess {
 public:
  // `program` is the syncd binary, `folder` holds its data and its log.
  ServerProcess(std::string program, std::string folder);

  // Starts it and waits until it listens.
  Result<> start();
  void kill_now() const;  // SIGKILL, from any thread
  void reap();            // after kill_now
  Result<int> stop();     // SIGTERM; the exit code

  const std::string& url() const noexcept { return url_; }

 private:
  std::string program_;
  std::string folder_;
  std::string url_;
  std::string port_ = "0";  // the first start takes a free one, later ones the same
  std::optional<os::ChildProcess> process_;
};

}  // namespace studiosync::demo
