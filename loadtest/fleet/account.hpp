// One user of a run, as the server knows it.
#pragma once

#include <string>

#include "core/base/time.hpp"

namespace studiosync::load {

struct Account {
  std::string user_id;
  std::string token;
  WallTime expires;      // of the token
  std::string username;  // for another token
  std::string password;
};

}  // namespace studiosync::load
