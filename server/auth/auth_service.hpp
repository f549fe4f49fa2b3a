// Accounts, logins and sessions: the rules. Storage is AccountStore, hashing PasswordPool, tokens
// TokenSigner. Thread-safe. `authenticate` reads memory only; calls with a `done` finish on a
// thread of the password pool.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "server/auth/gate.hpp"
#include "server/auth/password.hpp"

namespace studiosync::server {

class AccountStore;

struct AuthOptions {
  std::string jwt_secret;  // HS256 key, at least 32 bytes
  std::string jwt_key_id = "1";
  std::string previous_secret;  // accepted for verification while keys rotate; may be empty
  std::string previous_key_id;
  std::string password_pepper;             // makes the hashes; derived from the secret when empty
  std::vector<std::string> older_peppers;  // of further hashes, until their next login
  int bcrypt_cost = 12;                    // 4 to 15
  PasswordCrypt password_crypt = bcrypt;
  unsigned bcrypt_threads = 1;
  std::size_t bcrypt_queue_max = 256;  // further logins are answered service_unavailable
  Millis access_lifetime{24LL * 3600 * 1000};
  Millis refresh_lifetime{7LL * 24 * 3600 * 1000};
  std::uint32_t shards = 4;  // new accounts are spread over these
};

struct Profile {
  std::string id;
  std::string username;
  std::string email;
  std::string role = "user";
  WallTime created;
};

struct Grant {
  Profile profile;
  std::string access_token;
  std::string refresh_token;
  WallTime expires;  // of the access token
};

struct Device {
  DeviceId id;
  std::string name;
  WallTime created;
  WallTime last_seen;
  bool revoked = false;
};

// Of a server that has no pepper but the secret of its tokens.
std::string pepper_of_secret(std::string_view jwt_secret);

// Accounts that no password would open with these peppers: none of them made their hashes. Reads
// all accounts.
Result<std::uint64_t> accounts_without_pepper(AccountStore& accounts, const AuthOptions& options);

class AuthService final : public Gate {
 public:
  struct Listeners {  // called after the change is stored
    std::function<void(UserRef, const std::string& session_id)> session_ended;
    std::function<void(UserRef, const DeviceId&)> device_revoked;
  };
  using Granted = std::function<void(Result<Grant>)>;
  using Finished = std::function<void(Result<>)>;

  // `now` is the wall clock, `entropy` fills a buffer from the operating system. Loads live
  // sessions.
  AuthService(AccountStore& accounts, AuthOptions options, std::function<WallTime()> now);
  ~AuthService() override;
  // What waits is answered busy, what runs comes to its end; both before it returns. Answers go
  // where they were asked from, which must live until then.
  void stop();
  void listen(Listeners listeners);

  // validation_error with path (`$.email`, `$.password`, `$.username`), already_exists.
  void register_account(std::string username, std::string email, std::string password,
                        Granted done);
  // By user name or e-mail. `unauthorized` without telling which part was wrong, in the same time;
  // rate_limited with retry_after_ms while locked out.
  void login(std::string login, std::string password, std::string client_address, Granted done);
  // Single use; a retry with the last used token gets the same successor until that is first
  // presented; any older one ends the session family.
  void refresh(std::string refresh_token, Granted done);
  void logout(const Caller& caller, Finished done);
  // `forbidden` for a wrong old password, validation_error for a weak new one; ends all other
  // sessions.
  void change_password(const Caller& caller, std::string old_password, std::string new_password,
                       Finished done);

  // Whether the start could load them. Without its sessions every token is answered with that
  // error; without the failed logins of before, guesses begin anew.
  const Result<>& sessions_restored() const;
  const Result<>& failed_logins_restored() const;

  // The same with those of this service, as it was when it started.
  Result<std::uint64_t> accounts_without_pepper() const;

  // Lets go of sessions that expired, ended or not, and of failed logins that count no more. For
  // now and then; blocks.
  Result<> forget_past(WallTime now);

  Result<Caller> authenticate(std::string_view access_token) const override;
  Result<Profile> profile(const Caller& caller) const;

  Result<> device_seen(const Caller& caller, const DeviceId& device,
                       std::string_view name) override;
  Result<std::vector<Device>> devices(const Caller& caller) const;
  Result<Device> rename_device(const Caller& caller, const DeviceId& device, std::string name);
  // Also ends the sessions that the device was first seen in, except the caller's.
  Result<> revoke_device(const Caller& caller, const DeviceId& device);
  std::string device_name(const Caller& caller, const DeviceId& device) const override;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace studiosync::server
