// A server of the test's own, accounts on it, and runs that last some seconds.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "loadtest/run/load_run.hpp"
#include "tests/support/live/live_server.hpp"

namespace studiosync::load {

inline server::Config without_limits() {
  server::Config config;
  config.limits.logins_per_minute = 0;
  config.limits.ws_changes_per_second = 0;
  return config;
}

// Accounts as `syncd users create` writes them.
inline std::string account_line(const client::Login& login) {
  return Json::object()
             .set("user_id", login.user_id)
             .set("username", login.username)
             .set("password", "correct horse")
             .set("token", login.access_token)
             .set("expires_at", to_rfc3339(login.expires))
             .dump() +
         "\n";
}

// Does something behind the run's back when it enters a phase.
class Meddler final : public Watcher {
 public:
  std::map<std::string, std::function<void()>> on;

  void entered(std::string_view phase) override {
    if (const auto at = on.find(std::string(phase)); at != on.end()) at->second();
  }
  void looked(const Snapshot&) override {}
  void counted(std::string_view, std::size_t, std::size_t) override {}
};

// Three seconds with two users of two devices.
inline RunOptions short_run(const std::string& url, const std::string& scenario) {
  RunOptions options;
  options.target = url;
  options.scenario = scenario;
  options.users = 2;
  options.records = 20;
  options.duration = std::chrono::seconds(3);
  options.ramp = std::chrono::seconds(1);
  options.rate = 20;
  return options;
}

}  // namespace studiosync::load
