// Slows down guessing of passwords: the lockouts by login and by address, kept over restarts.
#pragma once

#include <mutex>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "server/auth/account_store.hpp"
#include "server/auth/lockout.hpp"

namespace studiosync::server {

// Failures count under the text that was typed, not under an account: so the answers are the same
// whether or not it exists. Any thread.
class LoginGuard {
 public:
  // `key` hides what was typed from who reads the database, and tells guards apart that share it.
  LoginGuard(AccountStore& accounts, std::string key);

  Result<> restore();

  // `rate_limited` with retry_after_ms while one of both has to wait. An empty address has no
  // lockout of its own.
  Result<> admit(std::string_view login, std::string_view address, WallTime now);
  // A failure counts in memory even where it cannot be stored.
  void failed(std::string_view login, std::string_view address, WallTime now);
  // Frees the login. Not the address: whoever guesses others' passwords may have one of his own.
  void succeeded(std::string_view login);
  // Removes the failures that count no more from the database; of every guard that shares it.
  Result<> forget_past(WallTime now);

 private:
  std::string login_key(std::string_view login) const;
  void count(const FailedLogin& failure);

  AccountStore& accounts_;
  const std::string key_;
  mutable std::mutex mutex_;  // two lookups long; logins come from several threads
  Lockout by_login_;          // guarded by mutex_
  Lockout by_address_;        // guarded by mutex_
};

}  // namespace studiosync::server
