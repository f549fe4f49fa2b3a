// Accounts for load tests: `syncd users create --count N --out FILE`.
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "server/config/config.hpp"

namespace studiosync::server {

struct TestAccounts {
  std::size_t count = 0;
  std::string prefix = "user";
  std::string out_file;  // `-` is standard output
};

// Registers `count` accounts in the data folder (no server may run on it), hashing on all
// processors, and writes a JSON line for each, in the order of their numbers:
// {"user_id","email","username","password","token","refresh_token","expires_at"}, mode 0600.
// `forbidden` in production.
Result<> create_test_accounts(Config config, const TestAccounts& wanted);

}  // namespace studiosync::server
