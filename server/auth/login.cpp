// AuthService: whatever checks a password.
#include <utility>

#include "server/auth/account_rules.hpp"
#include "server/auth/auth_limits.hpp"
#include "server/auth/auth_service_impl.hpp"

namespace studiosync::server {
namespace {

Unexpected wrong_login() {
  return fail(ErrorCode::unauthorized, "the user name, the address or the password is wrong");
}

}  // namespace

void AuthService::login(std::string login, std::string password, std::string client_address,
                        Granted done) {
  // No account has such a name or password, so this tells nothing about any.
  if (login.size() > auth_limits::email_bytes_max ||
      password.size() > auth_limits::password_bytes_max) {
    return done(wrong_login());
  }
  if (auto free = impl_->guard.admit(login, client_address, impl_->now()); !free) {
    return done(Unexpected(free.error()));
  }
  impl_->password_pool.submit([impl = impl_.get(), login = std::move(login),
                               password = std::move(password), address = std::move(client_address),
                               done = std::move(done)](const Result<>& admitted) {
    done(admitted ? impl->login(login, password, address) : Unexpected(admitted.error()));
  });
}

Result<Grant> AuthService::Impl::login(const std::string& login, const std::string& password,
                                       const std::string& address) {
  // Again: guesses that were sent at once passed the first look together.
  SS_TRY(guard.admit(login, address, now()));
  SS_ASSIGN(auto account, accounts.find_login(login));
  if (!hasher.verify(password, account ? account->password_hash : "")) {
    guard.failed(login, address, now());
    return wrong_login();
  }
  guard.succeeded(login);
  rehash_if_outdated(*account, password);
  return sessions.start(*account, now());
}

// The password is at hand only now. Where this fails the old hash stays good.
void AuthService::Impl::rehash_if_outdated(Account& account, const std::string& password) {
  if (!hasher.outdated(account.password_hash)) return;
  auto newer = hasher.hash(password);
  if (!newer) return;
  const std::string& id = account.profile.id;
  if (!accounts.replace_password_hash(id, account.password_hash, *newer)) return;
  account.password_hash = std::move(*newer);
}

void AuthService::change_password(const Caller& caller, std::string old_password,
                                  std::string new_password, Finished done) {
  if (auto free = impl_->change_guard.admit(caller.account_id, {}, impl_->now()); !free) {
    return done(std::move(free));
  }
  // Only the new one's own rules here: whose it must not be is known to the database.
  if (auto valid = check_password(new_password, {}, "$.new_password"); !valid) {
    return done(std::move(valid));
  }
  if (old_password.size() > auth_limits::password_bytes_max) old_password.clear();
  impl_->password_pool.submit([impl = impl_.get(), caller, old = std::move(old_password),
                               fresh = std::move(new_password),
                               done = std::move(done)](const Result<>& admitted) {
    done(admitted ? impl->change_password(caller, old, fresh) : admitted);
  });
}

Result<> AuthService::Impl::change_password(const Caller& caller, const std::string& old_password,
                                            const std::string& new_password) {
  const std::string& key = caller.account_id;
  SS_TRY(change_guard.admit(key, {}, now()));
  SS_ASSIGN(const auto account, accounts.find_account(caller.account_id));
  if (!account) return fail(ErrorCode::unauthorized, "the account does not exist any more");
  if (!hasher.verify(old_password, account->password_hash)) {
    change_guard.failed(key, {}, now());
    return fail(ErrorCode::forbidden, "the current password is wrong", "$.current_password");
  }
  change_guard.succeeded(key);
  const Profile& profile = account->profile;
  SS_TRY(check_password(new_password, {profile.username, profile.email}, "$.new_password"));
  SS_ASSIGN(const std::string hash, hasher.hash(new_password));
  return sessions.change_password(caller, account->password_hash, hash, now());
}

}  // namespace studiosync::server
