#include "server/auth/device_registry.hpp"

#include <algorithm>
#include <utility>

#include "core/base/json.hpp"
#include "core/base/limits.hpp"
#include "server/auth/auth_limits.hpp"

namespace studiosync::server {
namespace {

Result<> check_id(const DeviceId& device) {
  constexpr std::string_view allowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-";
  const std::string& id = device.value;
  if (id.empty() || id.size() > limits::id_bytes_max ||
      id.find_first_not_of(allowed) != std::string::npos) {
    return fail(ErrorCode::validation_error, "a device id has 1 to 128 of [A-Za-z0-9._:-]",
                "$.device_id");
  }
  return {};
}

Result<> check_name(std::string_view name, std::string path) {
  const auto control = [](char c) { return static_cast<unsigned char>(c) < ' ' || c == 0x7F; };
  if (name.size() > limits::name_bytes_max || !valid_utf8(name) ||
      std::ranges::any_of(name, control)) {
    return fail(ErrorCode::validation_error,
                "a device name has at most 128 bytes of UTF-8 without control characters",
                std::move(path));
  }
  return {};
}

}  // namespace

DeviceRegistry::DeviceRegistry(AccountStore& accounts, SessionTable& sessions, Later later)
    : accounts_(accounts), sessions_(sessions), later_(std::move(later)) {}

Result<> DeviceRegistry::seen(const Caller& caller, const DeviceId& device, std::string_view name,
                              WallTime now) {
  const auto session = sessions_.find(caller.session_id);
  if (!session) return fail(ErrorCode::unauthorized, "the session has ended, log in again");
  if (session->device_revoked) {
    return fail(ErrorCode::device_revoked, "this device was removed from the account");
  }
  const bool bound = session->device && session->device->id == device;
  if (!bound || (session->device->name.empty() && !name.empty())) {
    return look_up(caller, device, name, now);
  }
  if (now - session->device->seen >= auth_limits::device_seen_interval) {
    sessions_.mark_seen(caller.session_id, device, now);
    touch_later(caller, device, now);
  }
  return {};
}

Result<> DeviceRegistry::look_up(const Caller& caller, const DeviceId& device,
                                 std::string_view name, WallTime now) {
  SS_TRY(check_id(device));
  SS_TRY(check_name(name, "$.device_name"));
  const std::lock_guard lock(changes_);
  SS_ASSIGN(SeenDevice known, accounts_.see_device({.account_id = caller.account_id,
                                                    .session_id = caller.session_id,
                                                    .device = device,
                                                    .name = std::string(name),
                                                    .at = now}));
  const bool stale = now - known.last_seen >= auth_limits::device_seen_interval;
  if (stale) touch_later(caller, device, now);
  if (known.bound_to_session) {
    sessions_.bind(caller.session_id,
                   {device, std::move(known.name), stale ? now : known.last_seen});
  }
  return {};
}

void DeviceRegistry::touch_later(const Caller& caller, const DeviceId& device, WallTime now) {
  later_([&accounts = accounts_, account = caller.account_id, device, now] {
    (void)accounts.touch_device(account, device, now);  // for people only; the next one comes
  });
}

Result<std::vector<Device>> DeviceRegistry::list(const Caller& caller) const {
  return accounts_.devices(caller.account_id);
}

Result<Device> DeviceRegistry::rename(const Caller& caller, const DeviceId& device,
                                      std::string_view name) {
  SS_TRY(check_name(name, "$.name"));
  if (name.find_first_not_of(' ') == name.npos) {
    return fail(ErrorCode::validation_error, "a device name is not empty", "$.name");
  }
  const std::lock_guard lock(changes_);
  SS_ASSIGN(Device renamed, accounts_.rename_device(caller.account_id, device, name));
  sessions_.rename_device(caller.account_id, device, renamed.name);
  return renamed;
}

std::string DeviceRegistry::name(const Caller& caller, const DeviceId& device) const {
  const auto session = sessions_.find(caller.session_id);
  if (session && session->device && session->device->id == device &&
      !session->device->name.empty()) {
    return session->device->name;
  }
  const auto stored = accounts_.find_device(caller.account_id, device);
  return stored && *stored && !(*stored)->name.empty() ? (*stored)->name : device.value;
}

Result<std::vector<std::string>> DeviceRegistry::revoke(const Caller& caller,
                                                        const DeviceId& device, WallTime now) {
  const std::lock_guard lock(changes_);
  SS_ASSIGN(auto ended,
            accounts_.revoke_device({caller.account_id, caller.session_id}, device, now));
  for (const std::string& id : ended) sessions_.mark_device_revoked(id);
  sessions_.unbind_device(caller.account_id, device);
  return ended;
}

}  // namespace studiosync::server
