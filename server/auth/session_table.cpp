#include "server/auth/session_table.hpp"

#include <mutex>
#include <utility>

namespace studiosync::server {

void SessionTable::put(const std::string& session_id, LiveSession session) {
  const std::unique_lock lock(mutex_);
  sessions_.insert_or_assign(session_id, std::move(session));
}

std::optional<LiveSession> SessionTable::find(const std::string& session_id) const {
  const std::shared_lock lock(mutex_);
  const auto found = sessions_.find(session_id);
  return found == sessions_.end() ? std::nullopt : std::optional(found->second);
}

template <class Change>
void SessionTable::change(const std::string& session_id, Change apply) {
  const std::unique_lock lock(mutex_);
  if (const auto found = sessions_.find(session_id); found != sessions_.end()) {
    apply(found->second);
  }
}

void SessionTable::extend(const std::string& session_id, WallTime expires) {
  change(session_id, [&](LiveSession& session) { session.expires = expires; });
}

void SessionTable::bind(const std::string& session_id, BoundDevice device) {
  change(session_id, [&](LiveSession& session) { session.device = std::move(device); });
}

void SessionTable::mark_seen(const std::string& session_id, const DeviceId& device, WallTime at) {
  change(session_id, [&](LiveSession& session) {
    if (session.device && session.device->id == device) session.device->seen = at;
  });
}

void SessionTable::mark_device_revoked(const std::string& session_id) {
  change(session_id, [](LiveSession& session) { session.device_revoked = true; });
}

void SessionTable::erase(const std::string& session_id) {
  const std::unique_lock lock(mutex_);
  sessions_.erase(session_id);
}

// All sessions are looked at: renames and revocations are rare, an index would cost each of them.
template <class Change>
void SessionTable::change_bound(const std::string& account_id, const DeviceId& device,
                                Change apply) {
  const std::unique_lock lock(mutex_);
  for (auto& [id, session] : sessions_) {
    if (session.account_id == account_id && session.device && session.device->id == device) {
      apply(session);
    }
  }
}

void SessionTable::rename_device(const std::string& account_id, const DeviceId& device,
                                 const std::string& name) {
  change_bound(account_id, device, [&](LiveSession& session) { session.device->name = name; });
}

void SessionTable::unbind_device(const std::string& account_id, const DeviceId& device) {
  change_bound(account_id, device, [](LiveSession& session) { session.device.reset(); });
}

}  // namespace studiosync::server
