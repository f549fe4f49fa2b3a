// Where the accounts of a data folder are.
#pragma once

#include <string>

namespace studiosync::server {

inline std::string accounts_path(const std::string& folder) {
  return folder + "/accounts.db";
}

}  // namespace studiosync::server
