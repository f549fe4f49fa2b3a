#include "sqlite/migrate.hpp"

#include "core/base/check.hpp"
#include "core/base/hex.hpp"
#include "core/base/sha256.hpp"

namespace studiosync::sqlite {

namespace {

constexpr std::string_view ledger = R"sql(
  CREATE TABLE IF NOT EXISTS schema_migrations(
    version  INTEGER PRIMARY KEY,
    name     TEXT NOT NULL,
    checksum TEXT NOT NULL,
    applied  TEXT NOT NULL
  ) STRICT)sql";

std::string checksum(const Migration& migration) {
  return to_hex(sha256(migration.sql));
}

// The number of migrations that are applied, all of them known.
Result<std::size_t> verify_applied(Database& db, std::span<const Migration> known) {
  std::size_t applied = 0;
  Statement rows = db.prepare("SELECT version, checksum FROM schema_migrations ORDER BY version");
  for (; rows.step(); ++applied) {
    const std::string version = std::to_string(rows.integer(0));
    if (applied >= known.size() || rows.integer(0) != known[applied].version)
      return fail(ErrorCode::store_error,
                  "schema version " + version + " is unknown to this program");
    if (rows.text(1) != checksum(known[applied]))
      return fail(ErrorCode::store_error, "schema version " + version + " has another checksum");
  }
  SS_TRY(db.take_error());
  return applied;
}

bool apply(Database& db, const Migration& migration, WallTime now) {
  if (auto ran = db.run(migration.sql); !ran) db.set_error(std::move(ran).error());
  return db
      .prepare("INSERT INTO schema_migrations(version, name, checksum, applied) VALUES(?, ?, ?, ?)")
      .bind(migration.version, migration.name, checksum(migration), to_rfc3339(now))
      .run();
}

}  // namespace

Result<> migrate(Database& db, std::span<const Migration> migrations, WallTime now) {
  SS_TRY(db.run(ledger));
  SS_ASSIGN(std::size_t applied, verify_applied(db, migrations));
  if (applied == migrations.size()) return {};
  SS_ASSIGN(Transaction transaction, Transaction::begin(db, Begin::immediate));
  // Looked at again under the lock: another process may just have done it.
  SS_ASSIGN(applied, verify_applied(db, migrations));
  for (const Migration& missing : migrations.subspan(applied)) {
    SS_CHECK(missing.version == static_cast<int>(++applied));
    if (!apply(db, missing, now)) break;
  }
  return transaction.commit();
}

Result<> check_known(Database& db, std::span<const Migration> known) {
  auto ledger_there = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'schema_migrations'");
  const bool migrated = ledger_there.step();
  SS_TRY(db.take_error());
  if (migrated) SS_TRY(verify_applied(db, known));
  return {};
}

}  // namespace studiosync::sqlite
