// Where the keys of a data folder are that its server made for itself.
#pragma once

#include <string>

namespace studiosync::server {

// Of the tokens, where no secret is configured. Whoever has it can make tokens: it is in no copy.
inline std::string jwt_key_path(const std::string& folder) {
  return folder + "/jwt.key";
}

// The pepper of the passwords, where nothing else is. Copied with accounts.db, which is of no use
// without it to anybody who logs in.
inline std::string password_key_path(const std::string& folder) {
  return folder + "/password.key";
}

}  // namespace studiosync::server
