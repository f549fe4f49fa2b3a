#include "client/store/originals_table.hpp"

#include "client/store/joined.hpp"

namespace studiosync::client {

namespace {

using sqlite::Database;
using sqlite::Statement;

constexpr std::string_view select =
    "SELECT number, item_type, item_id, field, value, record, replaced_epoch, replaced_version,"
    " put_aside_at_ms FROM originals";

std::vector<Original> all_of(Statement& rows) {
  std::vector<Original> originals;
  while (rows.step()) {
    originals.push_back(
        {.number = rows.unsigned_integer(0),
         .type = parse_entity_type(rows.text(1)).value_or(EntityType{}),
         .id = rows.string(2),
         .field = rows.string(3),
         .value = rows.string(4),
         .record = rows.string(5),
         .replaced_by = {Epoch{rows.unsigned_integer(6)}, Version{rows.unsigned_integer(7)}},
         .at = {rows.integer(8)}});
  }
  return originals;
}

}  // namespace

void insert_original(Database& db, const Original& original) {
  db.prepare(
        "INSERT INTO originals (item_type, item_id, field, value, record, replaced_epoch,"
        " replaced_version, put_aside_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(to_string(original.type), original.id, original.field, original.value, original.record,
            original.replaced_by.epoch.value, original.replaced_by.version.value,
            original.at.unix_ms)
      .run();
}

std::vector<Original> read_originals(Database& db) {
  static const std::string ordered = joined({select, " ORDER BY number"});
  auto rows = db.prepare(ordered);
  return all_of(rows);
}

std::vector<Original> read_originals_of(Database& db, EntityType type, std::string_view id) {
  static const std::string one =
      joined({select, " WHERE item_type = ? AND item_id = ? ORDER BY number"});
  auto rows = db.prepare(one);
  rows.bind(to_string(type), id);
  return all_of(rows);
}

void delete_original(Database& db, std::uint64_t number) {
  db.prepare("DELETE FROM originals WHERE number = ?").bind(number).run();
}

void delete_originals_beyond(Database& db, std::size_t count, WallTime since) {
  db.prepare(
        "DELETE FROM originals WHERE put_aside_at_ms < ? OR (NOT (record <> '' AND"
        " replaced_version = 0) AND number <= (SELECT number FROM originals WHERE NOT (record <> ''"
        " AND replaced_version = 0) ORDER BY number DESC LIMIT 1 OFFSET ?))")
      .bind(since.unix_ms, count)
      .run();
}

}  // namespace studiosync::client
