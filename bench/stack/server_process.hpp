// The release server as a process of its own on a fresh data folder, with its limits off.
#pragma once

#include <string>

#include "bench/folder.hpp"
#include "bench/stack/percentile.hpp"
#include "client/engine/auth_file.hpp"
#include "e2e/process/server_process.hpp"

namespace studiosync::bench {

// Not thread-safe.
class ServerProcess {
 public:
  // Returns when the server listens. `binary` is syncd; its folder lies in `parent`.
  ServerProcess(const std::string& binary, const std::string& parent);

  const std::string& folder() const noexcept { return folder_.path(); }
  // What all of its threads have used of the processors: on a machine that others use too this
  // tells more than the clock.
  Seconds cpu_time() const;

  // The account `name`, made at the first call, and a login of its own for each device.
  client::Login log_in(const std::string& name);

 private:
  Folder folder_;
  e2e::ServerProcess process_;  // ends before its folder goes
};

}  // namespace studiosync::bench
