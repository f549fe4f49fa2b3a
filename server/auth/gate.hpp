// Who may come in: all that a push channel asks of the accounts.
#pragma once

#include <string>
#include <string_view>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "server/auth/caller.hpp"

namespace studiosync::server {

// Thread-safe.
class Gate {
 public:
  virtual ~Gate() = default;

  // Reads memory only. `unauthorized`, `token_expired`, or `device_revoked` when the session ended
  // with its device.
  virtual Result<Caller> authenticate(std::string_view access_token) const = 0;

  // The first authenticated use registers a device. `device_revoked` for a revoked one. Cheap when
  // known; may block when not.
  virtual Result<> device_seen(const Caller& caller, const DeviceId& device,
                               std::string_view name) = 0;

  // The name under which a device of the caller's account is shown, or its id. May block.
  virtual std::string device_name(const Caller& caller, const DeviceId& device) const = 0;
};

}  // namespace studiosync::server
