#include "server/store/sqlite/user_reads.hpp"

#include <algorithm>

#include "core/conflicts/row_bytes.hpp"
#include "server/store/sqlite/applied_row.hpp"
#include "server/store/sqlite/log_key.hpp"
#include "server/store/sqlite/record_row.hpp"

namespace studiosync::server {

UserRow UserReads::user_row() {
  auto row = db_.prepare(
      "SELECT head, generation, floor, last_commit, bytes, records, epoch, collected, floor_at "
      "FROM users WHERE user = ?");
  UserRow user;
  if (!row.bind(user_.value).step()) return user;
  user.state = {.head = Seq{row.unsigned_integer(0)},
                .generation = Generation{row.unsigned_integer(1)},
                .floor = Seq{row.unsigned_integer(2)},
                .last_commit = {row.integer(3)},
                .bytes = row.unsigned_integer(4),
                .records = row.unsigned_integer(5),
                .collected = Version{row.unsigned_integer(7)}};
  user.epoch = Epoch{row.unsigned_integer(6)};
  user.floor_at = {row.integer(8)};
  return user;
}

Epochs UserReads::epochs() {
  Epochs epochs;
  auto rows = db_.prepare("SELECT epoch, first_seq FROM epochs WHERE user = ? ORDER BY first_seq");
  for (rows.bind(user_.value); rows.step();)
    epochs.push_back({Epoch{rows.unsigned_integer(0)}, Seq{rows.unsigned_integer(1)}});
  return epochs;
}

Policies UserReads::policies() {
  Policies policies;
  auto rows = db_.prepare("SELECT type, strategy FROM policies WHERE user = ?");
  for (rows.bind(user_.value); rows.step();)
    policies.emplace(static_cast<EntityType>(rows.integer(0)),
                     static_cast<Strategy>(rows.integer(1)));
  return policies;
}

bool UserReads::read_row(const sqlite::Statement& row, Record& record) {
  ++rows_read_;
  if (read_record_row(row, record)) return true;
  db_.set_error({.code = ErrorCode::store_error, .message = "a row of the log is damaged"});
  return false;
}

std::optional<Record> UserReads::find(EntityType type, std::string_view id) {
  auto row = db_.prepare("SELECT " SS_LOG_COLUMNS
                         " FROM item JOIN log ON log.key = item.key "
                         "WHERE item.user = ? AND item.type = ? AND item.id = ?");
  Record record;
  if (!row.bind(user_.value, static_cast<int>(type), id).step() || !read_row(row, record))
    return std::nullopt;
  return record;
}

// The end is bound too: the next keys are the next user's.
sqlite::Statement UserReads::rows_after(Seq after, std::size_t rows_max) {
  auto rows = db_.prepare("SELECT " SS_LOG_COLUMNS
                          " FROM log WHERE key > ? AND key <= ? ORDER BY key LIMIT ?");
  rows.bind(log_key(user_, after), log_key(user_, Seq{limits::seq_max}), rows_max);
  return rows;
}

std::vector<Record> UserReads::page(Seq after, UserReader::PageLimits limits) {
  std::vector<Record> records;
  std::size_t bytes = 0;
  for (auto rows = rows_after(after, limits.rows_max); rows.step();) {
    Record record;
    if (!read_row(rows, record)) return {};
    bytes += row_bytes(record);
    if (bytes > limits.bytes_max && !records.empty()) break;
    records.push_back(std::move(record));
  }
  return db_.error() ? std::vector<Record>{} : records;
}

std::optional<UserReads::Place> UserReads::place_after(Seq after) {
  auto row = db_.prepare(
      "SELECT key, committed_at FROM log WHERE key > ? AND key <= ? ORDER BY key LIMIT 1");
  row.bind(log_key(user_, after), log_key(user_, Seq{limits::seq_max}));
  if (!row.step()) return std::nullopt;
  return Place{seq_of(row.integer(0)), {row.integer(1)}};
}

// Commit times rise with seq, so the log itself is the index: 40 probes at most.
Seq UserReads::seq_at(CommitTime t, const UserRow& user) {
  const UserState& state = user.state;
  std::uint64_t low = 0;
  std::uint64_t high = state.head.value;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    const auto place = place_after(Seq{middle});
    if (!place || place->committed > t)
      high = middle;
    else
      low = place->seq.value;
  }
  const auto place = place_after(Seq{low});
  const Seq found = place ? Seq{place->seq.value - 1} : state.head;
  return state.floor && t < user.floor_at ? std::min(found, Seq{state.floor.value - 1}) : found;
}

std::uint64_t UserReads::live(EntityType type) {
  auto row = db_.prepare("SELECT records FROM live WHERE user = ? AND type = ?");
  if (!row.bind(user_.value, static_cast<int>(type)).step()) return 0;
  return row.unsigned_integer(0);
}

// Of one type the keys alone are sorted; the log is read for the rows of the page only.
std::vector<Record> UserReads::live_page(EntityType type, Seq after, std::size_t rows_max) {
  auto rows = db_.prepare("SELECT " SS_LOG_COLUMNS
                          " FROM (SELECT key AS place FROM item"
                          "       WHERE user = ? AND type = ? AND key > ? ORDER BY key)"
                          " CROSS JOIN log ON log.key = place WHERE log.deleted = 0"
                          " ORDER BY place LIMIT ?");
  rows.bind(user_.value, static_cast<int>(type), log_key(user_, after), rows_max);
  std::vector<Record> records;
  while (rows.step()) {
    if (!read_row(rows, records.emplace_back())) return {};
  }
  return db_.error() ? std::vector<Record>{} : records;
}

void UserReads::each_live(const std::function<void(const Record&)>& visit) {
  Record record;
  for (auto rows = rows_after(Seq{}, limits::seq_max); rows.step();) {
    if (!read_row(rows, record)) return;
    if (!record.deleted) visit(record);
  }
}

std::optional<ReplicaMark> UserReads::replica(ReplicaId replica) {
  auto row =
      db_.prepare("SELECT last_seq, last_change FROM replicas WHERE user = ? AND replica = ?");
  if (!row.bind(user_.value, replica.bytes).step()) return std::nullopt;
  return ReplicaMark{DeviceSeq{row.unsigned_integer(0)}, ChangeId{bytes16(row.blob(1))}};
}

std::optional<AppliedChange> UserReads::applied(ChangeId change) {
  return read_applied_row(db_, user_, change);
}

std::pair<std::optional<ChangeId>, std::optional<ChangeId>> UserReads::changes_beside(
    ChangeId change) {
  const auto first = [&](std::string_view sql) -> std::optional<ChangeId> {
    auto row = db_.prepare(sql);
    if (!row.bind(user_.value, change.bytes).step()) return std::nullopt;
    return ChangeId{bytes16(row.blob(0))};
  };
  return {first("SELECT change_id FROM applied WHERE user = ? AND change_id < ? "
                "ORDER BY change_id DESC LIMIT 1"),
          first("SELECT change_id FROM applied WHERE user = ? AND change_id > ? "
                "ORDER BY change_id LIMIT 1")};
}

std::pair<std::optional<std::string>, std::optional<std::string>> UserReads::ids_beside(
    EntityType type, std::string_view id) {
  const auto first = [&](std::string_view sql) -> std::optional<std::string> {
    auto row = db_.prepare(sql);
    if (!row.bind(user_.value, static_cast<int>(type), id).step()) return std::nullopt;
    return row.string(0);
  };
  return {first("SELECT id FROM item WHERE user = ? AND type = ? AND id < ? "
                "ORDER BY id DESC LIMIT 1"),
          first("SELECT id FROM item WHERE user = ? AND type = ? AND id > ? ORDER BY id LIMIT 1")};
}

void UserReads::each_applied(const std::function<void(const AppliedChange&)>& visit) {
  read_applied_rows(db_, user_, visit);
}

DeleteWindow UserReads::delete_window(ReplicaId replica, EntityType type) {
  auto row = db_.prepare(
      "SELECT started_at, live, deletes FROM delete_windows "
      "WHERE user = ? AND replica = ? AND type = ?");
  if (!row.bind(user_.value, replica.bytes, static_cast<int>(type)).step()) return {};
  return {{row.integer(0)}, row.unsigned_integer(1), row.unsigned_integer(2)};
}

std::vector<std::string> UserReads::conflict_ids(bool all) {
  std::vector<std::string> ids;
  auto rows = db_.prepare(
      "SELECT conflict_id FROM conflicts WHERE user = ? AND (open = 1 OR ?) ORDER BY ordinal");
  for (rows.bind(user_.value, all); rows.step();) ids.push_back(rows.string(0));
  return ids;
}

std::vector<std::string> UserReads::conflicts_of(EntityType type, std::string_view item_id) {
  std::vector<std::string> ids;
  auto rows = db_.prepare(
      "SELECT conflict_id FROM conflicts "
      "WHERE user = ? AND type = ? AND item_id = ? ORDER BY ordinal");
  rows.bind(user_.value, static_cast<int>(type), item_id);
  while (rows.step()) ids.push_back(rows.string(0));
  return ids;
}

std::optional<std::string> UserReads::open_conflict(EntityType type, std::string_view item_id,
                                                    std::string_view losing) {
  auto row = db_.prepare(
      "SELECT conflict_id FROM conflicts "
      "WHERE user = ? AND type = ? AND item_id = ? AND losing = ? AND open = 1 "
      "ORDER BY ordinal DESC");
  row.bind(user_.value, static_cast<int>(type), item_id, losing);
  if (!row.step()) return std::nullopt;
  return row.string(0);
}

}  // namespace studiosync::server
