// The devices of an account: registered at their first use, named and revoked by the user.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "server/auth/account_store.hpp"
#include "server/auth/session_table.hpp"

namespace studiosync::server {

// Any thread. Known devices are answered from memory, through the session that is bound to them.
class DeviceRegistry {
 public:
  // Runs a task soon, on another thread, or never.
  using Later = std::function<void(std::function<void()>)>;

  DeviceRegistry(AccountStore& accounts, SessionTable& sessions, Later later);

  Result<> seen(const Caller& caller, const DeviceId& device, std::string_view name, WallTime now);
  Result<std::vector<Device>> list(const Caller& caller) const;
  Result<Device> rename(const Caller& caller, const DeviceId& device, std::string_view name);
  std::string name(const Caller& caller, const DeviceId& device) const;

  // Ends the sessions of the device, except the caller's own: it may go on with another. Returns
  // them.
  Result<std::vector<std::string>> revoke(const Caller& caller, const DeviceId& device,
                                          WallTime now);

 private:
  Result<> look_up(const Caller& caller, const DeviceId& device, std::string_view name,
                   WallTime now);
  void touch_later(const Caller& caller, const DeviceId& device, WallTime now);

  AccountStore& accounts_;
  SessionTable& sessions_;
  const Later later_;
  // Held from the store's change to the table's: a device must not be bound after its revocation.
  std::mutex changes_;
};

}  // namespace studiosync::server
