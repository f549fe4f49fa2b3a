// A whole server in this process: on a folder of its own, on free ports, with cheap password
// hashes.
#pragma once

#include <memory>
#include <string>

#include "client/engine/auth_file.hpp"
#include "server/app/app.hpp"
#include "tests/support/temporary_folder.hpp"

namespace studiosync::test {

class LiveServer {
 public:
  // Serves from the start. What `config` leaves open is chosen for tests.
  explicit LiveServer(server::Config config = {});
  ~LiveServer();

  // Ends it as SIGTERM does, or as a crash as far as devices can tell.
  void stop();
  void crash();
  // On the same folder and port as before.
  void start();

  const std::string& url() const noexcept { return url_; }
  server::App& app() { return *app_; }
  const std::string& data_folder() const noexcept { return config_.data.dir; }

  // A new account, or a further session of one, as client/engine keeps it.
  client::Login sign_up(const std::string& name);
  client::Login log_in(const std::string& name);

 private:
  TemporaryFolder folder_;
  server::Config config_;
  std::unique_ptr<server::App> app_;
  std::string url_;
};

}  // namespace studiosync::test
