#include "server/store/sqlite/user_txn.hpp"

#include <algorithm>

#include "server/store/sqlite/applied_row.hpp"
#include "server/store/sqlite/log_key.hpp"
#include "server/store/sqlite/record_row.hpp"

namespace studiosync::server {

SqliteUserTxn::SqliteUserTxn(sqlite::Database& db, UserId user, Origin origin, WriteTally& tally)
    : ReadingPort(db, user), origin_(origin), tally_(tally), row_(reads_.user_row()) {}

namespace {

// A look takes as long as two to three readings.
constexpr std::size_t worth_a_look_min = 8;

}  // namespace

bool SqliteUserTxn::worth_a_look() const noexcept {
  return expected_ >= worth_a_look_min;
}

std::optional<AppliedChange> SqliteUserTxn::applied(ChangeId change) {
  if (new_changes_.holds(change)) return std::nullopt;
  auto known = reads_.applied(change);
  if (!known && worth_a_look() && new_changes_.may_look()) {
    const auto [below, above] = reads_.changes_beside(change);
    if (!error()) new_changes_.looked(below, above);
  }
  return known;
}

std::optional<Record> SqliteUserTxn::find_stored(EntityType type, std::string_view id) {
  if (!worth_a_look()) return reads_.find(type, id);
  Gap<std::string>& gap = new_ids_[type];
  if (gap.holds(id)) return std::nullopt;
  auto record = reads_.find(type, id);
  if (!record && gap.may_look()) {
    auto [below, above] = reads_.ids_beside(type, id);
    if (!error()) gap.looked(std::move(below), std::move(above));
  }
  return record;
}

std::optional<Record> SqliteUserTxn::find(EntityType type, std::string_view id) {
  auto record = find_stored(type, id);
  found_ = {type, std::string(id), std::nullopt};
  if (record) {
    found_->replaced =
        Replaced{log_key(reads_.user(), record->seq), !record->deleted, record->content.size()};
  }
  return record;
}

bool SqliteUserTxn::found_last(EntityType type, std::string_view id) const {
  return found_ && found_->type == type && found_->id == id;
}

void SqliteUserTxn::put(Record& record) {
  auto& db = reads_.database();
  if (row_.state.head.value >= limits::seq_max)
    db.set_error({.code = ErrorCode::store_error, .message = "the user's log is full"});
  const auto old =
      found_last(record.type, record.id) ? found_->replaced : stored(record.type, record.id);
  found_.reset();
  if (error()) return;
  stamp(record);
  const std::int64_t key = log_key(reads_.user(), record.seq);
  if (old) {
    remove_replaced(record, *old);
    db.prepare("UPDATE item SET key = ? WHERE user = ? AND type = ? AND id = ?")
        .execute(key, reads_.user().value, static_cast<int>(record.type), record.id);
  } else {
    db.prepare("INSERT INTO item(user, type, id, key) VALUES(?, ?, ?, ?)")
        .execute(reads_.user().value, static_cast<int>(record.type), record.id, key);
    if (worth_a_look()) new_ids_[record.type].wrote(record.id);
  }
  insert_record_row(db, reads_.user(), record);
  count(record);
}

std::optional<SqliteUserTxn::Replaced> SqliteUserTxn::stored(EntityType type, std::string_view id) {
  auto row = reads_.database().prepare(
      "SELECT log.key, log.deleted, log.content FROM item JOIN log ON log.key = item.key "
      "WHERE item.user = ? AND item.type = ? AND item.id = ?");
  if (!row.bind(reads_.user().value, static_cast<int>(type), id).step()) return std::nullopt;
  return Replaced{row.integer(0), row.integer(1) == 0, row.text(2).size()};
}

void SqliteUserTxn::remove_replaced(const Record& record, const Replaced& old) {
  reads_.database().prepare("DELETE FROM log WHERE key = ?").bind(old.key).run();
  if (!old.live) return;
  row_.state.bytes -= old.bytes;
  --live_change_[record.type];
  if (record.type != EntityType::conflict) --row_.state.records;
}

void SqliteUserTxn::stamp(Record& record) {
  UserState& state = row_.state;
  state.head = state.head.next();
  state.last_commit = {std::max(origin_.now.unix_us, state.last_commit.unix_us + 1)};
  record.seq = state.head;
  record.committed = state.last_commit;
  if (!record.rev.epoch) record.rev.epoch = origin_.epoch;
  if (row_.epoch != origin_.epoch) mark_epoch();
  changed_ = true;
}

void SqliteUserTxn::mark_epoch() {
  row_.epoch = origin_.epoch;
  reads_.database()
      .prepare("INSERT INTO epochs(user, first_seq, epoch) VALUES(?, ?, ?)")
      .bind(reads_.user().value, row_.state.head.value, origin_.epoch.value)
      .run();
}

void SqliteUserTxn::count(const Record& record) {
  ++tally_.rows;
  tally_.bytes += record.content.size();
  if (record.deleted) return;
  row_.state.bytes += record.content.size();
  ++live_change_[record.type];
  if (record.type != EntityType::conflict) ++row_.state.records;
}

void SqliteUserTxn::set_replica(ReplicaId replica, const DeviceId& device,
                                const ReplicaMark& mark) {
  reads_.database()
      .prepare(
          "INSERT OR REPLACE INTO replicas(user, replica, device, last_seq, last_change, "
          "pushed_at) VALUES(?, ?, ?, ?, ?, ?)")
      .bind(reads_.user().value, replica.bytes, device.value, mark.seq.value, mark.change.bytes,
            origin_.now.unix_us)
      .run();
}

void SqliteUserTxn::remember(ChangeId change, const AppliedChange& applied) {
  write_applied_row(reads_.database(), reads_.user(), change, applied);
  new_changes_.wrote(change);
}

void SqliteUserTxn::set_policies(const Policies& policies) {
  auto& db = reads_.database();
  db.prepare("DELETE FROM policies WHERE user = ?").bind(reads_.user().value).run();
  for (const auto& [type, strategy] : policies)
    db.prepare("INSERT INTO policies(user, type, strategy) VALUES(?, ?, ?)")
        .bind(reads_.user().value, static_cast<int>(type), static_cast<int>(strategy))
        .run();
}

std::uint64_t SqliteUserTxn::live(EntityType type) {
  const auto change = live_change_.find(type);
  const std::int64_t by = change == live_change_.end() ? 0 : change->second;
  return reads_.live(type) + static_cast<std::uint64_t>(by);
}

void SqliteUserTxn::write_live() {
  for (const auto& [type, by] : live_change_) {
    if (by == 0) continue;
    reads_.database()
        .prepare(
            "INSERT INTO live(user, type, records) VALUES(?, ?, ?) "
            "ON CONFLICT DO UPDATE SET records = records + excluded.records")
        .bind(reads_.user().value, static_cast<int>(type), by)
        .run();
  }
}

void SqliteUserTxn::finish() {
  if (!changed_) return;
  write_live();
  const UserState& state = row_.state;
  reads_.database()
      .prepare(
          "INSERT OR REPLACE INTO users(user, head, generation, floor, last_commit, bytes, "
          "records, epoch, collected, floor_at) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(reads_.user().value, state.head.value, state.generation.value, state.floor.value,
            state.last_commit.unix_us, state.bytes, state.records, row_.epoch.value,
            state.collected.value, row_.floor_at.unix_us)
      .run();
}

}  // namespace studiosync::server
