#include "client/store/outbox_table.hpp"

#include "client/store/joined.hpp"
#include "client/store/record_json.hpp"

namespace studiosync::client {

namespace {

using sqlite::Database;
using sqlite::Statement;

// Both tables have them, in this order, so that one function reads a change from either.
constexpr std::string_view columns =
    "device_seq, change_id, item_type, item_id, action, reason, base_epoch, base_version, changed,"
    " hlc, content, confirmed";
constexpr int change_columns = 12;

FrozenChange change_at(const Statement& row) {
  FrozenChange change;
  change.seq = {row.unsigned_integer(0)};
  change.change = id_from<ChangeId>(row.text(1));
  change.type = parse_entity_type(row.text(2)).value_or(EntityType{});
  change.id = row.string(3);
  change.action = action_from(row.text(4));
  change.reason = row.string(5);
  change.base = {Epoch{row.unsigned_integer(6)}, Version{row.unsigned_integer(7)}};
  change.changed = names_from_json(row.text(8));
  change.stamp = parse_stamp(row.text(9)).value_or(Stamp{});
  change.content = row.string(10);
  change.confirmed = row.integer(11) != 0;
  return change;
}

Error error_at(const Statement& row, int first) {
  return {.code = error_code_from(row.text(first)),
          .message = row.string(first + 1),
          .path = row.string(first + 2),
          .rule = row.string(first + 3),
          .retry_after_ms = row.integer(first + 4),
          .effect = row.integer(first + 5) != 0 ? Effect::maybe : Effect::certainly_not};
}

const std::string& select_rejected() {
  static const std::string select =
      joined({"SELECT ", columns,
              ", code, message, path, rule, retry_after_ms, maybe_applied,"
              " rejected_at_ms, made_anew, shown, replaced FROM sync_rejected"});
  return select;
}

std::vector<RejectedChange> all_rejected(Statement& rows) {
  std::vector<RejectedChange> all;
  while (rows.step()) {
    all.push_back({.change = change_at(rows),
                   .error = error_at(rows, change_columns),
                   .at = {rows.integer(change_columns + 6)},
                   .made_anew = rows.integer(change_columns + 7) != 0,
                   .shown = names_from_json(rows.text(change_columns + 8)),
                   .replaced = names_from_json(rows.text(change_columns + 9))});
  }
  return all;
}

}  // namespace

std::vector<FrozenChange> read_frozen(Database& db, DeviceSeq after, std::size_t limit) {
  std::vector<FrozenChange> changes;
  static const std::string select = joined(
      {"SELECT ", columns, " FROM sync_queue WHERE device_seq > ? ORDER BY device_seq LIMIT ?"});
  auto rows = db.prepare(select);
  for (rows.bind(after.value, limit); rows.step();) changes.push_back(change_at(rows));
  return changes;
}

std::optional<FrozenChange> find_frozen(Database& db, DeviceSeq seq) {
  static const std::string select =
      joined({"SELECT ", columns, " FROM sync_queue WHERE device_seq = ?"});
  auto row = db.prepare(select);
  if (!row.bind(seq.value).step()) return std::nullopt;
  return change_at(row);
}

void insert_frozen(Database& db, const FrozenChange& change) {
  static const std::string insert = joined(
      {"INSERT INTO sync_queue (", columns, ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"});
  db.prepare(insert)
      .bind(change.seq.value, id_text(change.change), to_string(change.type), change.id,
            to_text(change.action), change.reason, change.base.epoch.value,
            change.base.version.value, to_json(change.changed), to_string(change.stamp),
            change.content, change.confirmed)
      .run();
}

void delete_frozen(Database& db, DeviceSeq seq) {
  db.prepare("DELETE FROM sync_queue WHERE device_seq = ?").bind(seq.value).run();
}

std::vector<RejectedChange> read_rejected(Database& db) {
  static const std::string all = select_rejected() + " ORDER BY row";
  auto rows = db.prepare(all);
  return all_rejected(rows);
}

std::vector<RejectedChange> read_rejected_of(Database& db, EntityType type, std::string_view id) {
  static const std::string one =
      select_rejected() + " WHERE item_type = ? AND item_id = ? ORDER BY row";
  auto rows = db.prepare(one);
  rows.bind(to_string(type), id);
  return all_rejected(rows);
}

void upsert_rejected(Database& db, const RejectedChange& rejected) {
  const FrozenChange& change = rejected.change;
  const Error& error = rejected.error;
  static const std::string insert =
      joined({"INSERT OR REPLACE INTO sync_rejected (row, ", columns,
              ", code, message, path, rule, retry_after_ms, maybe_applied, rejected_at_ms,"
              " made_anew, shown, replaced)"
              " VALUES ((SELECT row FROM sync_rejected WHERE change_id = ?2),"
              " ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,"
              " ?19, ?20, ?21, ?22)"});
  db.prepare(insert)
      .bind(change.seq.value, id_text(change.change), to_string(change.type), change.id,
            to_text(change.action), change.reason, change.base.epoch.value,
            change.base.version.value, to_json(change.changed), to_string(change.stamp),
            change.content, change.confirmed, to_string(error.code), error.message, error.path,
            error.rule, error.retry_after_ms, error.effect == Effect::maybe, rejected.at.unix_ms,
            rejected.made_anew, to_json(rejected.shown), to_json(rejected.replaced))
      .run();
}

void delete_rejected(Database& db, ChangeId change) {
  db.prepare("DELETE FROM sync_rejected WHERE change_id = ?").bind(id_text(change)).run();
}

std::string queue_counts_sql(std::string_view edits) {
  return joined({"SELECT ", edits,
                 ", (SELECT count(*) FROM sync_queue), (SELECT count(*) FROM sync_rejected)"});
}

QueueCounts read_queue_counts(Database& db, const std::string& sql) {
  auto row = db.prepare(sql);
  if (!row.step()) return {};
  const auto count = [&](int column) { return static_cast<std::size_t>(row.integer(column)); };
  return {.pending = count(0), .frozen = count(1), .rejected = count(2)};
}

}  // namespace studiosync::client
