// One device of the demo: a data folder, a login, a running engine, and an ear for what arrives.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "client/engine/account.hpp"
#include "client/engine/engine_host.hpp"

namespace studiosync::demo {

using Moment = std::chrono::steady_clock::time_point;

class DemoDevice {
 public:
  struct Join {
    std::string folder;
    std::string server;
    std::string name;
    client::Credentials credentials;
    bool register_account = false;
    EngineOptions engine{};
  };
  static Result<std::unique_ptr<DemoDevice>> join(const Join& join);
  ~DemoDevice();

  client::EngineHost& host() noexcept { return *host_; }
  const std::string& name() const noexcept { return login_.device_name; }
  const client::Login& login() const noexcept { return login_; }

  // Called for each notice on the host's thread, after the device's own bookkeeping.
  void listen(std::function<void(const Notice&, const EngineStatus&)> listener);
  // When the record changed here by somebody else's hand, for the first time since `forget`.
  std::optional<Moment> arrival(const RecordKey& key, Millis patience);
  void forget_arrivals();

  // What the user sees of a record; null when there is nothing.
  Json data(EntityType type, const std::string& id);
  std::vector<DeviceRecord> all(EntityType type);
  // Replaces single fields of a record, as a user would in a form.
  Result<> change(EntityType type, const std::string& id,
                  const std::map<std::string, Json>& fields);

 private:
  DemoDevice() = default;
  void take(const Notice& notice, const EngineStatus& status);

  client::Login login_;
  std::mutex mutex_;  // guards the two below: notices come on the host's thread
  std::condition_variable arrived_;
  std::map<RecordKey, Moment> arrivals_;
  std::function<void(const Notice&, const EngineStatus&)> listener_;
  std::unique_ptr<client::EngineHost> host_;
};

}  // namespace studiosync::demo
