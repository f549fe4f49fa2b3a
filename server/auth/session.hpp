// A session: what one login began, as memory and as the database know it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/ids.hpp"
#include "core/base/sha256.hpp"
#include "core/base/time.hpp"
#include "server/store/store.hpp"

namespace studiosync::server {

// The device that a session is bound to: the first that was seen in it.
struct BoundDevice {
  DeviceId id;
  std::string name;
  WallTime seen;  // as last stored
};

// In memory, for the check of each request.
struct LiveSession {
  std::string account_id;
  UserRef user;
  WallTime expires;  // of its refresh token
  std::optional<BoundDevice> device{};
  bool device_revoked = false;  // ended; kept until it expires, to be able to say why
};

// In the database: the family of its refresh tokens. Only the newest token and the one before it
// are known, by their hashes.
struct SessionFamily {
  std::string id;
  std::string account_id;
  std::uint32_t generation = 1;  // of the newest token
  Sha256 current_hash{};
  std::optional<Sha256> previous_hash{};  // none in the first generation
  WallTime created;
  WallTime expires;
  bool ended = false;
  bool device_revoked = false;  // why it ended
};

enum class EndReason : std::uint8_t { logout, token_reuse, password_changed, device_revoked };

}  // namespace studiosync::server
