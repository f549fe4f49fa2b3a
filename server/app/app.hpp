// A whole server: the only place that knows all rooms. Wires them, starts them, stops them in
// order.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "server/config/config.hpp"

namespace studiosync::server {

class AuthService;

class App {
 public:
  // Opens the data folder and the accounts; starts no network. `store_locked` when another syncd
  // has the folder, `store_error` when it is unusable.
  static Result<std::unique_ptr<App>> open(const Config& config);
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  // Binds both ports and serves. `connection_refused` when it cannot bind.
  Result<> serve();
  // The line that scripts wait for: {"event":"listening","http":…,"ws":…,"metrics":…}.
  std::string listening_line() const;

  // To be called about once a second: cuts devices that never greet or whose token ran out, and
  // lets go of what is old when it is time.
  void tick(WallTime now);

  // Stops accepting, tells devices to drain, finishes what is in flight (the configured time at
  // most), commits.
  void stop();

  AuthService& auth();

 private:
  struct Parts;
  explicit App(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace studiosync::server
