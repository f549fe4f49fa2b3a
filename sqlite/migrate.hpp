// Brings a database's schema to the newest version, and refuses one that this program does not
// know.
#pragma once

#include <span>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "sqlite/database.hpp"

namespace studiosync::sqlite {

// One step of a schema. Once released, its text must never change: databases keep its checksum.
struct Migration {
  int version;  // 1, 2, 3, …
  std::string_view name;
  std::string_view sql;
};

// Applies what is missing, each migration in its own transaction, and notes it in the table
// schema_migrations (version, name, checksum, applied). `store_error`, and nothing more is changed,
// when an applied migration's text differs from ours or the database is newer than `migrations`.
Result<> migrate(Database& db, std::span<const Migration> migrations, WallTime now);

// The same refusal for whoever only reads: `store_error` when migrations are applied that `known`
// does not have, or has with another text. What is missing, all of it maybe, is no error.
Result<> check_known(Database& db, std::span<const Migration> known);

}  // namespace studiosync::sqlite
