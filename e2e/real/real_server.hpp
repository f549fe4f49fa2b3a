// The server of a run: a `syncd` process, its backups, and what it holds.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "e2e/history/event.hpp"
#include "e2e/process/server_process.hpp"

namespace studiosync::e2e {

class RealServer {
 public:
  // `folder` is the run's; the server fills folders of its own in it.
  RealServer(const std::string& syncd, const std::string& folder);

  Result<> start();
  bool running() const noexcept { return process_.running(); }
  std::uint16_t port() const { return process_.port(); }
  void crash();     // SIGKILL
  Result<> stop();  // in order; an error where its exit code is another than 0
  // It stands still with its connections open (SIGSTOP), and goes on.
  void pause();
  void resume();
  bool answers() const noexcept { return running() && !paused_; }

  // Of a running server. The newest one counts.
  Result<> backup() const;
  // Puts the backup in the data's place, and leaves the server stopped; false: there is none.
  Result<bool> restore();

  // What it holds of these users, by name, whether it runs or not.
  Result<std::vector<ServerState>> state(const std::set<std::string>& users) const;

 private:
  Result<> run_syncd(std::vector<std::string> words) const;
  Result<> back_up_to(const std::string& folder) const;

  ServerProcess process_;
  bool paused_ = false;
  const std::string backup_;
  const std::string copy_;  // to look at
};

}  // namespace studiosync::e2e
