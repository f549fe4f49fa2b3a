#include "server/auth/account_store.hpp"

#include "core/base/limits.hpp"
#include "server/auth/account_schema.hpp"
#include "server/auth/account_transaction.hpp"
#include "server/store/in_file.hpp"

namespace studiosync::server {
namespace {

// The account of the only row, or none.
Result<std::optional<Account>> read_account(AccountAccess& db, sqlite::Statement row) {
  std::optional<Account> account;
  if (row.step()) {
    account = Account{.profile = {.id = row.string(0),
                                  .username = row.string(1),
                                  .email = row.string(2),
                                  .role = row.string(3),
                                  .created = {row.integer(4)}},
                      .password_hash = row.string(5),
                      .user = {.shard = static_cast<std::uint32_t>(row.integer(6)),
                               .number = UserId{row.unsigned_integer(7)}}};
  }
  SS_TRY(db.finish());
  return account;
}

Result<> check_unique(AccountAccess& db, const Profile& profile) {
  if (db.prepare("SELECT 1 FROM accounts WHERE username = ?").bind(profile.username).step()) {
    return fail(ErrorCode::already_exists, "the user name is taken", "$.username");
  }
  if (db.prepare("SELECT 1 FROM accounts WHERE email = ?").bind(profile.email).step()) {
    return fail(ErrorCode::already_exists, "the address is registered", "$.email");
  }
  return {};
}

// Counts the new account in. An error of the database shows in finish().
Result<UserRef> take_number(AccountAccess& db, std::uint32_t shards) {
  auto known = db.prepare("INSERT OR IGNORE INTO shards VALUES (?, 0, 0)");
  for (std::uint32_t shard = 0; shard < shards; ++shard) known.bind(shard).run();
  auto emptiest = db.prepare(
      "SELECT shard, last_number + 1 FROM shards WHERE shard < ? ORDER BY accounts, shard LIMIT 1");
  emptiest.bind(shards).step();
  const UserRef user{.shard = static_cast<std::uint32_t>(emptiest.integer(0)),
                     .number = UserId{emptiest.unsigned_integer(1)}};
  if (user.number.value > limits::user_max) {
    return fail(ErrorCode::quota_exceeded, "this server has no room for further accounts");
  }
  db.prepare("UPDATE shards SET accounts = accounts + 1, last_number = ? WHERE shard = ?")
      .bind(user.number.value, user.shard)
      .run();
  return user;
}

// Those that no request can do without; lost `login_attempts` only give new guesses. Takes about as
// long as a tenth of loading the sessions.
Result<> check_tables(sqlite::Database& db) {
  for (const std::string table : {"accounts", "shards", "sessions", "devices", "meta"}) {
    auto finding = db.prepare("PRAGMA quick_check(" + table + ")");
    if (finding.step() && finding.text(0) == "ok") continue;
    return fail(ErrorCode::store_error, "the table `" + table +
                                            "` is damaged; `syncd check` says where; restore a "
                                            "backup");
  }
  return {};
}

Result<std::unique_ptr<sqlite::Database>> open_sound(const std::string& path,
                                                     const sqlite::OpenOptions& options,
                                                     WallTime now) {
  SS_ASSIGN(auto db, sqlite::Database::open(path, options));
  SS_TRY(sqlite::migrate(*db, account_migrations(), now));
  SS_TRY(check_tables(*db));
  return db;
}

}  // namespace

AccountStore::AccountStore(std::unique_ptr<sqlite::Database> db) : db_(std::move(db)) {}
AccountStore::~AccountStore() = default;

Result<std::unique_ptr<AccountStore>> AccountStore::open(const std::string& path, WallTime now,
                                                         const OnStoreFailure& on_failure) {
  sqlite::OpenOptions options;
  if (on_failure) {
    options.on_error = [on_failure](int code, const std::string& message) {
      on_failure("accounts", code, message);
    };
  }
  auto db = open_sound(path, options, now);
  if (!db) return in_file(path, std::move(db).error());
  return std::unique_ptr<AccountStore>(new AccountStore(std::move(*db)));
}

Result<Account> AccountStore::add_account(Profile profile, std::string password_hash,
                                          std::uint32_t shards) {
  AccountAccess db(mutex_, *db_);
  SS_TRY(db.begin());
  SS_TRY(check_unique(db, profile));
  SS_ASSIGN(const UserRef user, take_number(db, shards));
  db.prepare(
        "INSERT INTO accounts(id, username, email, role, created, password_hash, shard, number) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(profile.id, profile.username, profile.email, profile.role, profile.created.unix_ms,
            password_hash, user.shard, user.number.value)
      .run();
  SS_TRY(db.finish());
  return Account{std::move(profile), std::move(password_hash), user};
}

Result<std::optional<Account>> AccountStore::find_account(std::string_view id) {
  AccountAccess db(mutex_, *db_);
  auto row = db.prepare(
      "SELECT id, username, email, role, created, password_hash, shard, number FROM accounts "
      "WHERE id = ?");
  row.bind(id);
  return read_account(db, std::move(row));
}

Result<std::optional<Account>> AccountStore::find_login(std::string_view login) {
  AccountAccess db(mutex_, *db_);
  // A user name has no `@`, so at most one account fits.
  auto row = db.prepare(
      "SELECT id, username, email, role, created, password_hash, shard, number FROM accounts "
      "WHERE username = ? OR email = ?");
  row.bind(login, login);
  return read_account(db, std::move(row));
}

Result<std::vector<UserRef>> AccountStore::users_after(UserRef after, std::size_t count_max) {
  AccountAccess db(mutex_, *db_);
  std::vector<UserRef> users;
  {
    auto rows = db.prepare(
        "SELECT shard, number FROM accounts WHERE (shard, number) > (?, ?) "
        "ORDER BY shard, number LIMIT ?");
    for (rows.bind(after.shard, after.number.value, count_max); rows.step();) {
      users.push_back(
          {static_cast<std::uint32_t>(rows.integer(0)), UserId{rows.unsigned_integer(1)}});
    }
  }
  SS_TRY(db.finish());
  return users;
}

// Only the others are grouped: a million that are not would take three times as long.
Result<std::map<std::string, std::uint64_t>> AccountStore::count_hashes_beside(
    std::string_view beginning) {
  AccountAccess db(mutex_, *db_);
  std::map<std::string, std::uint64_t> counts;
  {
    auto rows = db.prepare(
        "SELECT substr(password_hash, 1, length(?1)), count(*) FROM accounts "
        "WHERE substr(password_hash, 1, length(?1)) <> ?1 GROUP BY 1");
    for (rows.bind(beginning); rows.step();)
      counts.emplace(rows.string(0), rows.unsigned_integer(1));
  }
  SS_TRY(db.finish());
  return counts;
}

Result<> AccountStore::replace_password_hash(std::string_view id, std::string_view from,
                                             std::string_view to) {
  AccountAccess db(mutex_, *db_);
  db.prepare("UPDATE accounts SET password_hash = ? WHERE id = ? AND password_hash = ?")
      .bind(to, id, from)
      .run();
  return db.finish();
}

Result<std::vector<FailedLogin>> AccountStore::failed_logins() {
  AccountAccess db(mutex_, *db_);
  std::vector<FailedLogin> failures;
  auto rows = db.prepare("SELECT login, address, at FROM login_attempts ORDER BY number");
  while (rows.step()) failures.push_back({rows.string(0), rows.string(1), {rows.integer(2)}});
  SS_TRY(db.finish());
  return failures;
}

Result<> AccountStore::add_failed_login(const FailedLogin& failure) {
  AccountAccess db(mutex_, *db_);
  db.prepare("INSERT INTO login_attempts(login, address, at) VALUES (?, ?, ?)")
      .bind(failure.login, failure.address, failure.at.unix_ms)
      .run();
  return db.finish();
}

Result<> AccountStore::forget_failed_logins(std::string_view login) {
  AccountAccess db(mutex_, *db_);
  db.prepare("DELETE FROM login_attempts WHERE login = ?").bind(login).run();
  return db.finish();
}

Result<> AccountStore::forget_failed_logins_before(WallTime time) {
  AccountAccess db(mutex_, *db_);
  db.prepare("DELETE FROM login_attempts WHERE at < ?").bind(time.unix_ms).run();
  return db.finish();
}

Result<AccountStore::Notes> AccountStore::notes() {
  AccountAccess db(mutex_, *db_);
  Notes notes;
  {
    auto rows = db.prepare("SELECT name, value FROM meta");
    while (rows.step()) notes.emplace(rows.string(0), rows.integer(1));
  }
  SS_TRY(db.finish());
  return notes;
}

Result<> AccountStore::note(const Notes& notes) {
  AccountAccess db(mutex_, *db_);
  SS_TRY(db.begin());
  {
    auto row = db.prepare("INSERT OR REPLACE INTO meta(name, value) VALUES(?, ?)");
    for (const auto& [name, value] : notes) row.bind(name, value).run();
  }
  return db.finish();
}

// A value of its own each time: SQLite writes no page that would not change.
Result<> AccountStore::probe(WallTime now) {
  AccountAccess db(mutex_, *db_);
  SS_TRY(db.begin());
  db.prepare(
        "INSERT INTO meta(name, value) VALUES('probe', ?1) "
        "ON CONFLICT DO UPDATE SET value = max(value + 1, ?1)")
      .bind(now.unix_ms)
      .run();
  return db.finish();
}

}  // namespace studiosync::server
