#include "server/auth/login_guard.hpp"

#include <algorithm>
#include <utility>

#include "core/base/hex.hpp"
#include "server/auth/account_rules.hpp"
#include "server/auth/mac.hpp"

namespace studiosync::server {
namespace {

constexpr Lockout::Policy kByLogin{};

// Many people may share an address, so it has more failures free; and it changes hands sooner.
constexpr Lockout::Policy kByAddress{.free_failures = 50, .memory = {3600LL * 1000}};

}  // namespace

LoginGuard::LoginGuard(AccountStore& accounts, std::string key)
    : accounts_(accounts), key_(std::move(key)), by_login_(kByLogin), by_address_(kByAddress) {}

Result<> LoginGuard::restore() {
  SS_ASSIGN(const auto failures, accounts_.failed_logins());
  for (const FailedLogin& failure : failures) count(failure);
  return {};
}

std::string LoginGuard::login_key(std::string_view login) const {
  const Sha256 mac = hmac_sha256(key_, lower_case(login));
  return to_hex(std::span(mac).first(16));
}

void LoginGuard::count(const FailedLogin& failure) {
  const std::lock_guard lock(mutex_);
  by_login_.record_failure(failure.login, failure.at);
  if (!failure.address.empty()) by_address_.record_failure(failure.address, failure.at);
}

Result<> LoginGuard::admit(std::string_view login, std::string_view address, WallTime now) {
  const std::string key = login_key(login);
  const std::string place = lockout_address(std::string(address));
  const std::lock_guard lock(mutex_);
  const Millis wait = std::max(by_login_.wait(key, now), by_address_.wait(place, now));
  if (wait == Millis{}) return {};
  return Unexpected(Error{.code = ErrorCode::rate_limited,
                          .message = "too many failed logins, try again later",
                          .retry_after_ms = wait.count});
}

void LoginGuard::failed(std::string_view login, std::string_view address, WallTime now) {
  const FailedLogin failure{login_key(login), lockout_address(std::string(address)), now};
  count(failure);
  (void)accounts_.add_failed_login(failure);
}

Result<> LoginGuard::forget_past(WallTime now) {
  return accounts_.forget_failed_logins_before(now - kByLogin.memory);
}

void LoginGuard::succeeded(std::string_view login) {
  const std::string key = login_key(login);
  {
    const std::lock_guard lock(mutex_);
    by_login_.clear(key);
  }
  (void)accounts_.forget_failed_logins(key);
}

}  // namespace studiosync::server
