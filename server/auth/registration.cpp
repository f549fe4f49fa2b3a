// AuthService: new accounts.
#include <utility>

#include "os/entropy.hpp"
#include "server/auth/account_rules.hpp"
#include "server/auth/auth_service_impl.hpp"

namespace studiosync::server {
namespace {

Result<> check(const Profile& profile, std::string_view password) {
  SS_TRY(check_username(profile.username));
  SS_TRY(check_email(profile.email));
  return check_password(password, {profile.username, profile.email}, "$.password");
}

}  // namespace

void AuthService::register_account(std::string username, std::string email, std::string password,
                                   Granted done) {
  Profile profile{.username = std::move(username), .email = std::move(email)};
  if (auto valid = check(profile, password); !valid) return done(Unexpected(valid.error()));
  impl_->password_pool.submit([impl = impl_.get(), profile = std::move(profile),
                               password = std::move(password),
                               done = std::move(done)](const Result<>& admitted) {
    done(admitted ? impl->register_account(profile, password) : Unexpected(admitted.error()));
  });
}

Result<Grant> AuthService::Impl::register_account(Profile profile, const std::string& password) {
  SS_ASSIGN(std::string hash, hasher.hash(password));
  const WallTime created = now();
  profile.id = os::random_uuid();
  profile.created = created;
  SS_ASSIGN(const Account account,
            accounts.add_account(std::move(profile), std::move(hash), shards));
  return sessions.start(account, created);
}

}  // namespace studiosync::server
