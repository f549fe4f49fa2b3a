#include "server/app/user_numbers.hpp"

#include <algorithm>
#include <filesystem>

#include "server/app/databases.hpp"
#include "server/store/in_file.hpp"
#include "sqlite/database.hpp"

namespace studiosync::server {
namespace {

std::vector<std::string> tables_by_user(sqlite::Database& shard) {
  std::vector<std::string> tables;
  auto rows = shard.prepare(
      "SELECT t.name FROM sqlite_schema AS t WHERE t.type = 'table' "
      "AND EXISTS (SELECT 1 FROM pragma_table_info(t.name) AS c WHERE c.name = 'user')");
  while (rows.step()) tables.push_back(rows.string(0));
  return tables;
}

UserId first_value(sqlite::Database& db, const std::string& query) {
  auto row = db.prepare(query);
  return row.step() ? UserId{row.unsigned_integer(0)} : UserId{};
}

Result<UserId> highest_user_in(const std::string& file) {
  const auto shard = sqlite::Database::open(file, {.create = false, .read_only = true});
  if (!shard) return in_file(file, shard.error());
  const UserId highest = highest_user(**shard);
  if (const auto read = (*shard)->take_error(); !read) return in_file(file, read.error());
  return highest;
}

// Opened for writing: one that was killed while it made the file may have left a journal, which
// is to be rolled back before anybody can read.
Result<GivenNumbers> given_numbers_in(const std::string& file) {
  std::error_code error;
  const bool exists = std::filesystem::exists(file, error);
  if (error) return in_file(file, {.code = ErrorCode::store_error, .message = error.message()});
  if (!exists) return GivenNumbers{};
  const auto accounts = sqlite::Database::open(file, {.create = false});
  if (!accounts) return in_file(file, accounts.error());
  auto given = given_numbers(**accounts);
  if (!given) return in_file(file, given.error());
  return given;
}

}  // namespace

// Each table starts with the user, so that its last row is found without reading the others.
UserId highest_user(sqlite::Database& shard) {
  UserId highest = first_value(shard, "SELECT max(key) >> 40 FROM log");
  for (const std::string& table : tables_by_user(shard)) {
    highest = std::max(highest, first_value(shard, "SELECT max(user) FROM \"" + table + "\""));
  }
  return highest;
}

Result<GivenNumbers> given_numbers(sqlite::Database& accounts) {
  GivenNumbers given;
  auto table =
      accounts.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'shards'");
  if (table.step()) {
    auto rows = accounts.prepare("SELECT shard, last_number FROM shards");
    while (rows.step()) given[rows.unsigned_integer(0)] = UserId{rows.unsigned_integer(1)};
  }
  SS_TRY(accounts.take_error());
  return given;
}

std::vector<std::string> unknown_users(const std::vector<UserId>& highest,
                                       const GivenNumbers& given) {
  std::vector<std::string> findings;
  for (std::size_t shard = 0; shard < highest.size(); ++shard) {
    const auto last = given.find(shard);
    if (highest[shard] <= (last == given.end() ? UserId{} : last->second)) continue;
    findings.push_back("accounts.db does not know user " + std::to_string(highest[shard].value) +
                       " of shard-" + std::to_string(shard) +
                       ".db: it is missing, empty or older than the shards");
  }
  return findings;
}

Result<> check_user_numbers(const std::string& folder) {
  SS_ASSIGN(const auto files, databases_of(folder));
  std::vector<UserId> highest;
  for (auto shard = files.begin(); shard != files.end() - 1; ++shard) {
    const auto user = highest_user_in(*shard);
    if (!user) return in_file(*shard, user.error());
    highest.push_back(*user);
  }
  const auto given = given_numbers_in(files.back());
  if (!given) return in_file(files.back(), given.error());
  const auto findings = unknown_users(highest, *given);
  if (findings.empty()) return {};
  return fail(ErrorCode::store_error,
              findings.front() +
                  ", and would give a new user another's records; put back the "
                  "accounts.db that belongs to the shards, or restore a backup");
}

}  // namespace studiosync::server
