// accounts.db: accounts, sessions, devices and failed logins, durable before a call returns.
// Errors of the database arrive as `server_error` or `service_unavailable`, except from open().
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.hpp"
#include "server/auth/auth_service.hpp"
#include "server/auth/session.hpp"
#include "server/store/store_failure.hpp"

namespace studiosync::sqlite {
class Database;
}

namespace studiosync::server {

struct Account {
  Profile profile;
  std::string password_hash;
  UserRef user;
};

struct FailedLogin {
  std::string login;  // keyed hash
  std::string address;
  WallTime at;
};

// A device in use. The name counts only where none is stored yet: a rename must last.
struct Sighting {
  std::string account_id;
  std::string session_id;
  DeviceId device;
  std::string name;
  WallTime at;
};

struct SeenDevice {
  std::string name;
  WallTime last_seen;  // before this sighting; of a new device, this one
  bool bound_to_session = false;
};

// Any thread. A call takes as long as one commit, and calls wait for one another.
class AccountStore {
 public:
  // Creates or upgrades the file, and looks at every page of what it cannot do without.
  // `store_error` or `store_locked`; the message names the file.
  static Result<std::unique_ptr<AccountStore>> open(const std::string& path, WallTime now,
                                                    const OnStoreFailure& on_failure = {});
  ~AccountStore();

  // Chooses the shard below `shards` with the fewest accounts and the next number in it.
  // `already_exists` with the path of the field; `quota_exceeded` when the shard is full.
  Result<Account> add_account(Profile profile, std::string password_hash, std::uint32_t shards);
  Result<std::optional<Account>> find_account(std::string_view id);
  // By user name or e-mail, in any case.
  Result<std::optional<Account>> find_login(std::string_view login);
  // Where the accounts' logs are: the first `count_max` behind `after`, in their order.
  Result<std::vector<UserRef>> users_after(UserRef after, std::size_t count_max);
  // How often password hashes begin otherwise than with `beginning`: with which text of
  // its length.
  Result<std::map<std::string, std::uint64_t>> count_hashes_beside(std::string_view beginning);
  // Nothing happens when the hash is not `from` any more.
  Result<> replace_password_hash(std::string_view id, std::string_view from, std::string_view to);

  // All that are not ended, and those that ended with their device; expired or not.
  Result<std::vector<std::pair<std::string, LiveSession>>> live_sessions();
  Result<std::optional<SessionFamily>> find_session(std::string_view id);
  // False, and nothing stored, when the account's hash is not the one that was verified any more:
  // the password was changed meanwhile, and its old sessions have ended.
  Result<bool> add_session(const SessionFamily& session, std::string_view verified_hash);
  // Stores generation, hashes and expiry. False when the session has ended.
  Result<bool> advance_session(const SessionFamily& session);
  Result<> end_session(std::string_view id, EndReason reason, WallTime now);
  // Forgets sessions that expired, ended or not. Returns their ids.
  Result<std::vector<std::string>> expire_sessions(WallTime now);

  struct KeptSession {
    std::string account_id;
    std::string session_id;  // the one that asks: it goes on
  };
  // Ends all other sessions in the same transaction. Returns their ids. `unauthorized` when the
  // account's hash is not the one that was verified any more, or the session has ended: another
  // change came first.
  Result<std::vector<std::string>> change_password(const KeptSession& keep,
                                                   std::string_view verified_hash,
                                                   std::string_view hash, WallTime now);

  // Registers an unknown device and binds an unbound session. `device_revoked`; `quota_exceeded`
  // for one device too many. Writes nothing when there is nothing new.
  Result<SeenDevice> see_device(const Sighting& sighting);
  Result<> touch_device(std::string_view account_id, const DeviceId& device, WallTime now);
  Result<std::vector<Device>> devices(std::string_view account_id);
  Result<std::optional<Device>> find_device(std::string_view account_id, const DeviceId& device);
  // `not_found`.
  Result<Device> rename_device(std::string_view account_id, const DeviceId& device,
                               std::string_view name);
  // Also ends the other sessions that are bound to it; returns their ids. `not_found`.
  Result<std::vector<std::string>> revoke_device(const KeptSession& keep, const DeviceId& device,
                                                 WallTime now);

  // Oldest first.
  Result<std::vector<FailedLogin>> failed_logins();
  Result<> add_failed_login(const FailedLogin& failure);
  Result<> forget_failed_logins(std::string_view login);
  Result<> forget_failed_logins_before(WallTime time);

  // Values of the server's own, by name. note() keeps those that it does not name.
  using Notes = std::map<std::string, std::int64_t>;
  Result<Notes> notes();
  Result<> note(const Notes& notes);

  // A read and a write reach the disk; for /readyz.
  Result<> probe(WallTime now);

 private:
  explicit AccountStore(std::unique_ptr<sqlite::Database> db);

  // One connection for all: the calls are short, and most threads never make one.
  std::mutex mutex_;
  const std::unique_ptr<sqlite::Database> db_;  // guarded by mutex_
};

}  // namespace studiosync::server
