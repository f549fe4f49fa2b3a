#include "client/store/record_table.hpp"

#include <utility>

#include "client/store/device_record.hpp"
#include "client/store/joined.hpp"
#include "client/store/record_row.hpp"
#include "core/schema/sql_text.hpp"

namespace studiosync::client {

namespace {

constexpr std::string_view parameters = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";
static_assert(parameters.size() == record_columns_count * 3 - 2);

// What bind_record() binds from number 3 on: all but the id, which never changes, and the content.
constexpr std::string_view state_columns =
    "local_only, shadow_deleted, shadow_reason, rev_epoch, sync_version, hlc, replica, device_seq,"
    " device_id, seq, committed_at, field_versions, shadow_content, edit, edit_queued_at,"
    " in_flight, redacted";
constexpr std::string_view state_parameters =
    "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19";

constexpr std::string_view row_parameters = "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?";
static_assert(row_parameters.size() == row_columns_count * 3 - 2);

constexpr std::string_view shadow_columns =
    "shadow_deleted, shadow_reason, rev_epoch, sync_version, hlc, replica, device_seq, device_id,"
    " seq, committed_at, field_versions, shadow_content";
constexpr std::string_view no_shadow =
    "NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL";

}  // namespace

RecordTable::RecordTable(sqlite::Database& db, const EntitySpec& spec, SearchTable* search)
    : db_(db), type_(spec.type), search_(search) {
  const std::string table = quoted(spec.table);
  const std::string select = joined({"SELECT ", record_columns, " FROM ", table, " WHERE "});
  const std::string count =
      joined({"SELECT count(*) FROM ", table, " WHERE edit IS NOT NULL AND "});
  find_ = select + "id = ?";
  place_of_ = joined({"SELECT row, content = ? FROM ", table, " WHERE id = ?"});
  insert_ = joined({"INSERT INTO ", table, " (", record_columns, ") VALUES (", parameters, ")"});
  add_ = joined({"INSERT INTO ", table, " (", row_columns, ") SELECT ", row_parameters,
                 " WHERE NOT EXISTS (SELECT 1 FROM sync_rejected WHERE item_type = '",
                 to_string(spec.type), "' AND item_id = ?1) ON CONFLICT (id) DO NOTHING"});
  // SQLite writes every index on a column that is set, whether or not it changes: those on the
  // content's fields are most of them.
  update_state_ = joined(
      {"UPDATE ", table, " SET (", state_columns, ") = (", state_parameters, ") WHERE row = ?20"});
  update_ = joined({"UPDATE ", table, " SET (content, ", state_columns, ") = (?2, ",
                    state_parameters, ") WHERE row = ?20"});
  erase_ = joined({"DELETE FROM ", table, " WHERE row = ?"});
  pending_ = joined({"SELECT id FROM ", table, " WHERE edit IS NOT NULL AND in_flight IS NULL",
                     " ORDER BY edit_queued_at, id LIMIT ?"});
  redacted_ = joined({"SELECT count(*) FROM ", table, " WHERE redacted IS NOT NULL"});
  live_ = select + "shadow_deleted = 0 ORDER BY row";
  live_count_ = joined({"SELECT count(*) FROM ", table, " WHERE shadow_deleted = 0"});
  deletes_ = count +
             "in_flight IS NULL AND edit ->> '$.action' = 'delete'"
             " AND edit ->> '$.reason' IS NULL AND edit ->> '$.confirmed' IS NULL";
  const std::string old =
      " WHERE shadow_deleted = 1 AND committed_at < ? AND edit IS NULL AND in_flight IS NULL";
  // Rows without content are not in the search index: nothing to bring up to date there.
  forget_ = joined({"DELETE FROM ", table, old, " AND content = ''"});
  forget_shadows_ =
      joined({"UPDATE ", table, " SET (", shadow_columns, ") = (", no_shadow, ")", old,
              " AND local_only = 1 AND shadow_reason IS NOT '", reason_private, "'"});
  records_ = select + "id > ? ORDER BY id LIMIT ?";
  list_ = select + "id > ? AND content <> '' ORDER BY id LIMIT ?";
}

std::optional<DeviceRecord> RecordTable::find(std::string_view id) {
  auto row = db_.prepare(find_);
  if (!row.bind(id).step()) return std::nullopt;
  return record_at(db_, type_, row);
}

std::optional<RecordTable::Place> RecordTable::place_of(const DeviceRecord& record) {
  auto row = db_.prepare(place_of_);
  if (!row.bind(record.content, record.id).step()) return std::nullopt;
  return Place{.row = row.integer(0), .same_content = row.integer(1) != 0};
}

void RecordTable::put(const DeviceRecord& record, bool known_absent) {
  const auto place = known_absent ? std::nullopt : place_of(record);
  const bool keep = worth_keeping(record);
  if (place) {
    if (search_ && !place->same_content) search_->before_change(place->row, record.content);
    keep ? update(record, *place) : erase(*place);
  } else if (keep) {
    insert(record);
  }
}

void RecordTable::insert(const DeviceRecord& record) {
  auto write = db_.prepare(insert_);
  bind_record(write, record);
  write.run();
  if (search_) search_->after_insert(record.content);
}

bool RecordTable::add(const Record& row) {
  {
    auto write = db_.prepare(add_);
    if (!insert_row(write, row) || db_.changes() == 0) return false;
  }
  if (search_) search_->after_insert(row.content);
  return true;
}

void RecordTable::update(const DeviceRecord& record, const Place& place) {
  auto write = db_.prepare(place.same_content ? update_state_ : update_);
  bind_record(write, record, place.row);
  write.run();
}

void RecordTable::erase(const Place& place) {
  db_.prepare(erase_).bind(place.row).run();
}

std::vector<std::string> RecordTable::pending(std::size_t limit) {
  std::vector<std::string> ids;
  auto rows = db_.prepare(pending_);
  for (rows.bind(limit); rows.step();) ids.push_back(rows.string(0));
  return ids;
}

std::size_t RecordTable::number(std::string_view select) {
  auto row = db_.prepare(select);
  return row.step() ? static_cast<std::size_t>(row.integer(0)) : 0;
}

// Two counts, because each has its own small index.
std::string RecordTable::edits_expression(const EntitySpec& spec) {
  const std::string count =
      joined({"(SELECT count(*) FROM ", quoted(spec.table), " WHERE edit IS NOT NULL AND "});
  return count + "in_flight IS NULL) + " + count + "in_flight IS NOT NULL)";
}

std::string RecordTable::pending_expression(const EntitySpec& spec) {
  return joined({"EXISTS (SELECT 1 FROM ", quoted(spec.table),
                 " WHERE edit IS NOT NULL AND in_flight IS NULL)"});
}

std::size_t RecordTable::redacted() {
  return number(redacted_);
}

std::size_t RecordTable::live_records() {
  return number(live_count_);
}

std::size_t RecordTable::pending_deletes() {
  return number(deletes_);
}

void RecordTable::forget_tombstones(CommitTime time) {
  db_.prepare(forget_).bind(time.unix_us).run();
  db_.prepare(forget_shadows_).bind(time.unix_us).run();
}

void RecordTable::append_live_shadows(std::vector<Record>& shadows) {
  for (auto rows = db_.prepare(live_); rows.step();) {
    shadows.push_back(*record_at(db_, type_, rows).shadow);
  }
}

void RecordTable::append_records(std::string_view after_id, std::size_t limit,
                                 std::vector<DeviceRecord>& records) {
  auto rows = db_.prepare(records_);
  for (rows.bind(after_id, limit); rows.step();) records.push_back(record_at(db_, type_, rows));
}

std::vector<DeviceRecord> RecordTable::list(std::string_view after_id, std::size_t limit) {
  std::vector<DeviceRecord> records;
  auto rows = db_.prepare(list_);
  for (rows.bind(after_id, limit); rows.step();) records.push_back(record_at(db_, type_, rows));
  return records;
}

}  // namespace studiosync::client
