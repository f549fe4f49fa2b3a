#include "server/auth/auth_service.hpp"

#include <algorithm>
#include <utility>

#include "core/base/check.hpp"
#include "server/auth/auth_limits.hpp"
#include "server/auth/auth_service_impl.hpp"
#include "server/auth/mac.hpp"

namespace studiosync::server {
namespace {

TokenSigner make_signer(const AuthOptions& options) {
  SigningKey current{options.jwt_key_id, options.jwt_secret};
  if (options.previous_secret.empty()) return TokenSigner(std::move(current));
  return TokenSigner(std::move(current),
                     SigningKey{options.previous_key_id, options.previous_secret});
}

// The one that makes hashes, then those that some may have been made with before it was chosen or
// before the secret was replaced.
std::vector<std::string> peppers(const AuthOptions& options) {
  std::vector<std::string> all;
  if (!options.password_pepper.empty()) all.push_back(options.password_pepper);
  all.push_back(pepper_of_secret(options.jwt_secret));
  if (!options.previous_secret.empty()) all.push_back(pepper_of_secret(options.previous_secret));
  all.insert(all.end(), options.older_peppers.begin(), options.older_peppers.end());
  return all;
}

RefreshTokenMaker make_refresh_tokens(const AuthOptions& options) {
  const std::string& previous = options.previous_secret;
  return {derive_key(options.jwt_secret, "refresh"),
          previous.empty() ? "" : derive_key(previous, "refresh")};
}

Result<StoredHashes> look_at_hashes(AccountStore& accounts, const PasswordHasher& hasher) {
  StoredHashes hashes;
  SS_ASSIGN(const auto counts, accounts.count_hashes_beside(hasher.beginning()));
  for (const auto& [beginning, count] : counts) {
    if (hasher.knows(beginning.substr(0, hasher.name().size()))) {
      hashes.cost_max = std::max(hashes.cost_max, hasher.cost_of(beginning).value_or(0));
    } else {
      hashes.without_pepper += count;
    }
  }
  return hashes;
}

PasswordHasher make_hasher(const AuthOptions& options) {
  return {options.bcrypt_cost, peppers(options), options.password_crypt};
}

}  // namespace

std::string pepper_of_secret(std::string_view jwt_secret) {
  return derive_key(jwt_secret, "pepper");
}

Result<std::uint64_t> accounts_without_pepper(AccountStore& accounts, const AuthOptions& options) {
  SS_ASSIGN(const StoredHashes hashes, look_at_hashes(accounts, make_hasher(options)));
  return hashes.without_pepper;
}

AuthService::Impl::Impl(AccountStore& store, const AuthOptions& options,
                        std::function<WallTime()> clock)
    : accounts(store),
      shards(options.shards),
      now(std::move(clock)),
      hasher(make_hasher(options)),
      hashes(look_at_hashes(store, hasher)),
      guard(store, derive_key(options.jwt_secret, "login attempts")),
      change_guard(store, derive_key(options.jwt_secret, "password changes")),
      sessions(store, make_signer(options), make_refresh_tokens(options),
               {.access = options.access_lifetime, .refresh = options.refresh_lifetime}),
      devices(store, sessions.table(),
              [this](std::function<void()> task) {
                session_pool.submit([task = std::move(task)](const Result<>& admitted) {
                  if (admitted) task();
                });
              }),
      failed_logins_restored(restore_failed_logins()),
      sessions_restored(sessions.restore()),
      password_pool(options.bcrypt_threads, options.bcrypt_queue_max),
      session_pool(1, auth_limits::session_tasks_max) {
  SS_CHECK(shards > 0);
  if (hashes) hasher.spend(hashes->cost_max);
}

// Each takes all of them, and finds its own by its key.
Result<> AuthService::Impl::restore_failed_logins() {
  SS_TRY(guard.restore());
  return change_guard.restore();
}

AuthService::AuthService(AccountStore& accounts, AuthOptions options, std::function<WallTime()> now)
    : impl_(std::make_unique<Impl>(accounts, options, std::move(now))) {}

AuthService::~AuthService() = default;

void AuthService::stop() {
  impl_->password_pool.stop();
  impl_->session_pool.stop();
}

void AuthService::listen(Listeners listeners) {
  impl_->listeners = std::move(listeners);
  impl_->sessions.announce_to(impl_->listeners.session_ended);
}

const Result<>& AuthService::sessions_restored() const {
  return impl_->sessions_restored;
}

const Result<>& AuthService::failed_logins_restored() const {
  return impl_->failed_logins_restored;
}

Result<std::uint64_t> AuthService::accounts_without_pepper() const {
  if (!impl_->hashes) return Unexpected(impl_->hashes.error());
  return impl_->hashes->without_pepper;
}

Result<> AuthService::forget_past(WallTime now) {
  SS_TRY(impl_->sessions.forget_expired(now));
  return impl_->guard.forget_past(now);
}

Result<Caller> AuthService::authenticate(std::string_view access_token) const {
  SS_TRY(impl_->sessions_restored);
  return impl_->sessions.authenticate(access_token, impl_->now());
}

Result<Profile> AuthService::profile(const Caller& caller) const {
  SS_ASSIGN(auto account, impl_->accounts.find_account(caller.account_id));
  if (!account) return fail(ErrorCode::unauthorized, "the account does not exist any more");
  return std::move(account->profile);
}

void AuthService::refresh(std::string refresh_token, Granted done) {
  if (refresh_token.size() > auth_limits::token_bytes_max) {
    return done(fail(ErrorCode::unauthorized, "this is no refresh token"));
  }
  impl_->session_pool.submit([impl = impl_.get(), token = std::move(refresh_token),
                              done = std::move(done)](const Result<>& admitted) {
    done(admitted ? impl->sessions.refresh(token, impl->now()) : Unexpected(admitted.error()));
  });
}

void AuthService::logout(const Caller& caller, Finished done) {
  impl_->session_pool.submit([impl = impl_.get(), caller,
                              done = std::move(done)](const Result<>& admitted) {
    done(admitted
             ? impl->sessions.end(caller.user, caller.session_id, EndReason::logout, impl->now())
             : admitted);
  });
}

Result<> AuthService::device_seen(const Caller& caller, const DeviceId& device,
                                  std::string_view name) {
  return impl_->devices.seen(caller, device, name, impl_->now());
}

Result<std::vector<Device>> AuthService::devices(const Caller& caller) const {
  return impl_->devices.list(caller);
}

Result<Device> AuthService::rename_device(const Caller& caller, const DeviceId& device,
                                          std::string name) {
  return impl_->devices.rename(caller, device, name);
}

Result<> AuthService::revoke_device(const Caller& caller, const DeviceId& device) {
  SS_ASSIGN(const auto ended, impl_->devices.revoke(caller, device, impl_->now()));
  const Listeners& listeners = impl_->listeners;
  // First: its channel is told why it ends, not only that its session has.
  if (listeners.device_revoked) listeners.device_revoked(caller.user, device);
  for (const std::string& id : ended) {
    if (listeners.session_ended) listeners.session_ended(caller.user, id);
  }
  return {};
}

std::string AuthService::device_name(const Caller& caller, const DeviceId& device) const {
  return impl_->devices.name(caller, device);
}

}  // namespace studiosync::server
