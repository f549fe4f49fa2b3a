// An authenticated request's identity. Comes from the token alone, never from a body.
#pragma once

#include <string>

#include "core/base/time.hpp"
#include "server/store/store.hpp"

namespace studiosync::server {

struct Caller {
  UserRef user;
  std::string account_id;  // `user.id` on the wire
  std::string session_id;  // `sid` of the token
  WallTime expires;        // of the access token
};

}  // namespace studiosync::server
