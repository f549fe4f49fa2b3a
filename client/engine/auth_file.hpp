// The login of one data folder: who, where, and the tokens. Mode 0600; never in the database.
#pragma once

#include <optional>
#include <string>

#include "core/base/result.hpp"
#include "core/base/time.hpp"

namespace studiosync::client {

struct Login {
  std::string server;  // base URL
  std::string user_id;
  std::string email;
  std::string username;
  std::string device_id;
  std::string device_name;
  std::string ca_file;       // of the server's certificate; empty: the system's
  std::string access_token;  // empty after a logout
  std::string refresh_token;
  WallTime expires;  // of the access token
};

// Nothing when there is none; `forbidden` when others can read the file, `validation_error` when it
// is damaged.
Result<std::optional<Login>> load_login(const std::string& folder);
// Atomic: a new file in place of the old one, on the disk before it returns.
Result<> save_login(const std::string& folder, const Login& login);
// The folder belongs to no account any more; nothing happens where it did not.
Result<> forget_login(const std::string& folder);

}  // namespace studiosync::client
