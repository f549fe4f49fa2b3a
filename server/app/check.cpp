#include "server/app/check.hpp"

#include <array>
#include <filesystem>

#include "server/app/databases.hpp"
#include "server/app/key_file.hpp"
#include "server/app/key_paths.hpp"
#include "server/app/user_numbers.hpp"
#include "server/auth/account_schema.hpp"
#include "server/auth/secret_file.hpp"
#include "server/store/in_file.hpp"
#include "server/store/migrations/migrations.hpp"
#include "sqlite/database.hpp"

namespace studiosync::server {
namespace {

// A query that counts what must not be, and what it means.
struct Law {
  std::string_view broken;
  std::string_view count;
};

constexpr std::array shard_laws{
    Law{"places of records that lead to no row, or to another record's",
        "SELECT count(*) FROM item LEFT JOIN log ON log.key = item.key "
        "WHERE log.key IS NULL OR log.type <> item.type OR log.id <> item.id "
        "OR log.key >> 40 <> item.user"},
    Law{"rows that no record leads to",
        "SELECT count(*) FROM log LEFT JOIN item ON item.user = log.key >> 40 "
        "AND item.type = log.type AND item.id = log.id WHERE item.key IS NOT log.key"},
    Law{"users with rows beyond their head",
        "SELECT count(*) FROM users WHERE EXISTS (SELECT 1 FROM log "
        "WHERE key > (users.user << 40 | users.head) AND key < (users.user + 1) << 40)"},
    Law{"users whose bytes are miscounted",
        "SELECT count(*) FROM users WHERE bytes <> (SELECT coalesce(sum(octets), 0) FROM "
        "(SELECT length(CAST(content AS BLOB)) AS octets FROM log "
        "WHERE key > users.user << 40 AND key < (users.user + 1) << 40 AND deleted = 0))"},
    Law{"users who wrote in no epoch",
        "SELECT count(*) FROM users WHERE head > 0 "
        "AND NOT EXISTS (SELECT 1 FROM epochs WHERE epochs.user = users.user)"},
};

void check_laws(sqlite::Database& db, const std::string& name, std::vector<std::string>& findings) {
  for (const Law& law : shard_laws) {
    auto row = db.prepare(law.count);
    if (!row.step() || row.integer(0) == 0) continue;
    findings.push_back(name + ": " + std::to_string(row.integer(0)) + " " +
                       std::string(law.broken));
  }
}

std::string name_of(const std::string& file) {
  return std::filesystem::path(file).filename().string();
}

// None where the pages are damaged, or mean what this program does not know: then that is the
// finding.
Result<std::unique_ptr<sqlite::Database>> open_sound(const std::string& file,
                                                     std::span<const sqlite::Migration> known,
                                                     std::vector<std::string>& findings) {
  SS_ASSIGN(auto db, sqlite::Database::open(file, {.create = false, .read_only = true}));
  SS_ASSIGN(std::string finding, db->integrity());
  if (finding == "ok") {
    const auto readable = sqlite::check_known(*db, known);
    if (readable) return db;
    finding = readable.error().message;
  }
  findings.push_back(name_of(file) + ": " + finding);
  return nullptr;
}

// The highest user in it.
Result<UserId> check_shard(const std::string& file, std::vector<std::string>& findings) {
  SS_ASSIGN(const auto db, open_sound(file, shard_migrations(), findings));
  if (!db) return UserId{};
  // One moment, since a syncd may write meanwhile.
  SS_ASSIGN(auto moment, sqlite::Transaction::begin(*db, sqlite::Begin::deferred));
  check_laws(*db, name_of(file), findings);
  const UserId highest = highest_user(*db);
  SS_TRY(moment.commit());
  return highest;
}

Result<> check_accounts(const std::string& file, const std::vector<UserId>& highest,
                        std::vector<std::string>& findings) {
  SS_ASSIGN(const auto db, open_sound(file, account_migrations(), findings));
  if (!db) return {};
  SS_ASSIGN(const GivenNumbers given, given_numbers(*db));
  for (std::string& finding : unknown_users(highest, given)) {
    findings.push_back(std::move(finding));
  }
  return {};
}

// One that a start would refuse, when passwords are what is missing.
Result<> check_key(const std::string& file, std::vector<std::string>& findings) {
  SS_ASSIGN(const auto key, read_key_file(file));
  if (key && !is_secret(*key)) findings.push_back(name_of(file) + ": holds no key of syncd");
  return {};
}

}  // namespace

Result<std::vector<std::string>> check_folder(const std::string& folder) {
  SS_ASSIGN(const auto files, databases_of(folder));
  std::vector<std::string> findings;
  std::vector<UserId> highest;
  for (auto shard = files.begin(); shard != files.end() - 1; ++shard) {
    const auto user = check_shard(*shard, findings);
    if (!user) return in_file(*shard, user.error());
    highest.push_back(*user);
  }
  const std::string& accounts = files.back();
  if (auto checked = check_accounts(accounts, highest, findings); !checked) {
    return in_file(accounts, checked.error());
  }
  for (const std::string& key : {password_key_path(folder), jwt_key_path(folder)}) {
    SS_TRY(check_key(key, findings));
  }
  return findings;
}

}  // namespace studiosync::server
