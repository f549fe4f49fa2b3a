// Who a plain HTTP client is: its user by the token, its device by its word.
#pragma once

#include "core/sync/apply.hpp"
#include "server/auth/auth_service.hpp"

namespace studiosync::server {

// Registers the device at its first use. `device_revoked`. May block.
Result<Author> plain_author(AuthService& auth, const Caller& caller, const DeviceId& device,
                            std::string_view name);

}  // namespace studiosync::server
