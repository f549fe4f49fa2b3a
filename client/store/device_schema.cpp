#include "client/store/device_schema.hpp"

#include <array>

#include "client/store/search_table.hpp"
#include "core/base/sha256.hpp"
#include "core/schema/ddl.hpp"
#include "core/schema/sql_text.hpp"
#include "sqlite/migrate.hpp"

namespace studiosync::client {

namespace {

using sqlite::Database;

constexpr std::array migrations{
    sqlite::Migration{1, "device", R"sql(
CREATE TABLE sync_metadata(
  one               INTEGER PRIMARY KEY CHECK (one = 1),
  device_id         TEXT NOT NULL,
  device_name       TEXT NOT NULL,
  user_id           TEXT NOT NULL,
  replica_id        TEXT NOT NULL,
  last_frozen       INTEGER NOT NULL,
  last_frozen_id    TEXT NOT NULL,
  last_acked        INTEGER NOT NULL,
  last_acked_id     TEXT NOT NULL,
  cursor_epoch      INTEGER NOT NULL,
  cursor_seq        INTEGER NOT NULL,
  cursor_generation INTEGER NOT NULL,
  epochs            TEXT NOT NULL,
  hlc               TEXT NOT NULL,
  last_sync_ms      INTEGER NOT NULL
) STRICT;

CREATE TABLE sync_queue(
  device_seq   INTEGER PRIMARY KEY,
  change_id    TEXT NOT NULL,
  item_type    TEXT NOT NULL,
  item_id      TEXT NOT NULL,
  action       TEXT NOT NULL CHECK (action IN ('upsert', 'delete')),
  reason       TEXT NOT NULL,
  base_epoch   INTEGER NOT NULL,
  base_version INTEGER NOT NULL,
  changed      TEXT NOT NULL,
  hlc          TEXT NOT NULL,
  content      TEXT NOT NULL
) STRICT;

CREATE TRIGGER sync_queue_is_frozen BEFORE UPDATE ON sync_queue
BEGIN
  SELECT RAISE(ABORT, 'a frozen change is never altered');
END;

CREATE TABLE sync_rejected(
  row            INTEGER PRIMARY KEY,
  change_id      TEXT NOT NULL UNIQUE,
  device_seq     INTEGER NOT NULL,
  item_type      TEXT NOT NULL,
  item_id        TEXT NOT NULL,
  action         TEXT NOT NULL CHECK (action IN ('upsert', 'delete')),
  reason         TEXT NOT NULL,
  base_epoch     INTEGER NOT NULL,
  base_version   INTEGER NOT NULL,
  changed        TEXT NOT NULL,
  hlc            TEXT NOT NULL,
  content        TEXT NOT NULL,
  code           TEXT NOT NULL,
  message        TEXT NOT NULL,
  path           TEXT NOT NULL,
  rule           TEXT NOT NULL,
  retry_after_ms INTEGER NOT NULL,
  maybe_applied  INTEGER NOT NULL CHECK (maybe_applied IN (0, 1)),
  rejected_at_ms INTEGER NOT NULL
) STRICT;
)sql"},
    // Numbers are never given twice: people and scripts name an original by its number.
    sqlite::Migration{2, "originals", R"sql(
CREATE TABLE originals(
  number           INTEGER PRIMARY KEY AUTOINCREMENT,
  item_type        TEXT NOT NULL,
  item_id          TEXT NOT NULL,
  field            TEXT NOT NULL,
  value            TEXT NOT NULL,
  record           TEXT NOT NULL,
  replaced_epoch   INTEGER NOT NULL,
  replaced_version INTEGER NOT NULL,
  put_aside_at_ms  INTEGER NOT NULL
) STRICT;

CREATE INDEX originals_by_item ON originals(item_type, item_id);
)sql"},
    sqlite::Migration{3, "recovery", R"sql(
ALTER TABLE sync_metadata ADD COLUMN recovery TEXT NOT NULL DEFAULT 'none';
ALTER TABLE sync_metadata ADD COLUMN digest_due_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sync_queue ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sync_rejected ADD COLUMN confirmed INTEGER NOT NULL DEFAULT 0;
)sql"},
    // Numbers are never given twice: who reads along asks for what came after one.
    sqlite::Migration{4, "journal", R"sql(
CREATE TABLE sync_journal(
  row        INTEGER PRIMARY KEY AUTOINCREMENT,
  item_type  TEXT NOT NULL,
  item_id    TEXT NOT NULL,
  event      TEXT NOT NULL,
  at_ms      INTEGER NOT NULL,
  device_seq INTEGER NOT NULL,
  change_id  TEXT NOT NULL,
  epoch      INTEGER NOT NULL,
  version    INTEGER NOT NULL,
  seq        INTEGER NOT NULL,
  detail     TEXT NOT NULL
) STRICT;

CREATE INDEX sync_journal_by_item ON sync_journal(item_type, item_id, row);
CREATE INDEX sync_journal_by_time ON sync_journal(at_ms);
)sql"},
    // Every edit wrote a page of it, and what is old stands in front.
    sqlite::Migration{5, "journal_without_times", "DROP INDEX sync_journal_by_time;"},
    sqlite::Migration{6, "ahead", R"sql(
ALTER TABLE sync_metadata ADD COLUMN ahead_epoch INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sync_metadata ADD COLUMN ahead_seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sync_metadata ADD COLUMN ahead_generation INTEGER NOT NULL DEFAULT 0;
)sql"},
    sqlite::Migration{7, "made_anew", R"sql(
ALTER TABLE sync_rejected ADD COLUMN made_anew INTEGER NOT NULL DEFAULT 0;
CREATE INDEX sync_rejected_by_item ON sync_rejected(item_type, item_id);
)sql"},
    // What an earlier program has listed may be shown or not: it goes out again where it is.
    sqlite::Migration{8, "refused_fields", R"sql(
ALTER TABLE sync_rejected ADD COLUMN shown TEXT NOT NULL DEFAULT '[]';
ALTER TABLE sync_rejected ADD COLUMN replaced TEXT NOT NULL DEFAULT '[]';
UPDATE sync_rejected SET replaced = changed;
)sql"}};

bool column_exists(Database& db, std::string_view table, std::string_view column) {
  return db.prepare("SELECT 1 FROM pragma_table_info(?) WHERE name = ?").bind(table, column).step();
}

// The stored columns that the table has: one of an earlier program may lack the newest.
std::string stored_columns(Database& db, std::string_view table) {
  std::string list;
  for (const Column& column : device_columns) {
    if (!column_exists(db, table, column.name)) continue;
    if (!list.empty()) list += ", ";
    list += quoted(column.name);
  }
  return list;
}

// What an earlier program computed from the records differs from what this one would.
std::string table_ddl(const EntitySpec& spec) {
  const std::string table = quoted(spec.table);
  // A change in flight is looked for as often as an edit that waits; few rows have one.
  return device_table_ddl(spec) + "CREATE INDEX IF NOT EXISTS " +
         quoted(std::string(spec.table) + "_by_in_flight") + " ON " + table +
         "(in_flight) WHERE in_flight IS NOT NULL;\n" + "CREATE INDEX IF NOT EXISTS " +
         quoted(std::string(spec.table) + "_redacted") + " ON " + table +
         "(row) WHERE redacted IS NOT NULL;\n" + "CREATE INDEX IF NOT EXISTS " +
         quoted(std::string(spec.table) + "_tombstones") + " ON " + table +
         "(committed_at) WHERE shadow_deleted = 1;\n" + search_ddl(spec);
}

// Makes the table anew around its stored columns. The records wait in a temporary table: renaming
// would take the old indexes' names along.
std::string remake_ddl(const EntitySpec& spec, const std::string& columns) {
  const std::string table = quoted(spec.table);
  return "CREATE TEMP TABLE kept AS SELECT " + columns + " FROM main." + table +
         ";\nDROP TABLE main." + table + ";\n" + device_table_ddl(spec) + "INSERT INTO main." +
         table + "(" + columns + ") SELECT * FROM temp.kept;\nDROP TABLE temp.kept;\n";
}

std::string derived_ddl() {
  std::string ddl;
  for (const EntitySpec* spec : stored_specs()) ddl += table_ddl(*spec);
  return ddl + views_ddl();
}

// Fits `PRAGMA user_version`, which holds the mark of the schema that was derived last; never 0.
std::int64_t mark_of(std::string_view ddl) {
  const Sha256 hash = sha256(ddl);
  return 1 + (hash[0] << 16 | hash[1] << 8 | hash[2]);
}

std::int64_t stored_mark(Database& db) {
  auto row = db.prepare("PRAGMA user_version");
  return row.step() ? row.integer(0) : 0;
}

bool table_exists(Database& db, std::string_view table) {
  return db.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")
      .bind(table)
      .step();
}

Result<> derive(Database& db, const std::string& ddl, std::int64_t mark) {
  SS_ASSIGN(auto transaction, sqlite::Transaction::begin(db, sqlite::Begin::immediate));
  // Looked at again under the lock: another process may just have done it.
  if (stored_mark(db) == mark) return transaction.commit();
  for (const EntitySpec* spec : stored_specs()) {
    if (!table_exists(db, spec->table)) continue;
    SS_TRY(db.run(remake_ddl(*spec, stored_columns(db, spec->table))));
  }
  SS_TRY(db.run(ddl));
  SS_TRY(db.run("PRAGMA user_version = " + std::to_string(mark)));
  return transaction.commit();
}

}  // namespace

std::vector<const EntitySpec*> stored_specs() {
  std::vector<const EntitySpec*> specs;
  for (const EntitySpec& spec : registry()) specs.push_back(&spec);
  specs.push_back(&stored_spec(EntityType::conflict));
  return specs;
}

Result<> upgrade_schema(Database& db, WallTime now) {
  SS_TRY(sqlite::migrate(db, migrations, now));
  const std::string ddl = derived_ddl();
  const std::int64_t mark = mark_of(ddl);
  const std::int64_t found = stored_mark(db);
  SS_TRY(db.take_error());
  return found == mark ? Result<>() : derive(db, ddl, mark);
}

}  // namespace studiosync::client
