// The live sessions in memory: what makes each request's check cheap and a logout immediate.
#pragma once

#include <optional>
#include <shared_mutex>
#include <string>
#include <unordered_map>

#include "server/auth/session.hpp"

namespace studiosync::server {

// Thread-safe: every request of every thread asks here, so readers share the lock.
class SessionTable {
 public:
  void put(const std::string& session_id, LiveSession session);
  std::optional<LiveSession> find(const std::string& session_id) const;

  // These change nothing for a session that is not there.
  void extend(const std::string& session_id, WallTime expires);
  void bind(const std::string& session_id, BoundDevice device);
  // Unless it is bound to another device by now, or to none.
  void mark_seen(const std::string& session_id, const DeviceId& device, WallTime at);
  void mark_device_revoked(const std::string& session_id);
  void erase(const std::string& session_id);

  // In all sessions of the account that are bound to the device.
  void rename_device(const std::string& account_id, const DeviceId& device,
                     const std::string& name);
  void unbind_device(const std::string& account_id, const DeviceId& device);

 private:
  template <class Change>
  void change(const std::string& session_id, Change apply);
  template <class Change>
  void change_bound(const std::string& account_id, const DeviceId& device, Change apply);

  mutable std::shared_mutex mutex_;
  std::unordered_map<std::string, LiveSession> sessions_;  // guarded by mutex_
};

}  // namespace studiosync::server
