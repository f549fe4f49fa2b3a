// The parts of AuthService, for its own source files only.
#pragma once

#include <functional>
#include <string>

#include "server/auth/auth_service.hpp"
#include "server/auth/device_registry.hpp"
#include "server/auth/login_guard.hpp"
#include "server/auth/password.hpp"
#include "server/auth/session_keeper.hpp"
#include "server/workers/worker_pool.hpp"

namespace studiosync::server {

// What the start finds among the accounts, beside those as the hasher makes them now.
struct StoredHashes {
  std::uint64_t without_pepper = 0;  // that none of its peppers made
  int cost_max = 0;                  // of those that its peppers made
};

struct AuthService::Impl {
  Impl(AccountStore& store, const AuthOptions& options, std::function<WallTime()> clock);

  Result<> restore_failed_logins();

  // On a thread of the password pool.
  Result<Grant> register_account(Profile profile, const std::string& password);
  Result<Grant> login(const std::string& login, const std::string& password,
                      const std::string& address);
  Result<> change_password(const Caller& caller, const std::string& old_password,
                           const std::string& new_password);
  void rehash_if_outdated(Account& account, const std::string& password);

  AccountStore& accounts;
  const std::uint32_t shards;
  const std::function<WallTime()> now;
  Listeners listeners;
  PasswordHasher hasher;  // immutable once constructed
  const Result<StoredHashes> hashes;
  LoginGuard guard;
  // Guesses at an account's password from inside of a session, by its id. They count apart from
  // logins, so that neither can lock out the other whatever is typed.
  LoginGuard change_guard;
  SessionKeeper sessions;
  DeviceRegistry devices;
  const Result<> failed_logins_restored;
  const Result<> sessions_restored;
  // Last, so that their threads end before what they use. Two, so that a storm of logins does not
  // delay those who are logged in.
  WorkerPool password_pool;
  WorkerPool session_pool;
};

}  // namespace studiosync::server
