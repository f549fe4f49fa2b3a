// The part of SqliteUserTxn that lets go of what is old, and of what a reset ends.
#include <algorithm>

#include "server/store/epoch.hpp"
#include "server/store/sqlite/log_key.hpp"
#include "server/store/sqlite/record_row.hpp"
#include "server/store/sqlite/user_txn.hpp"

namespace studiosync::server {
namespace {

std::size_t run_counting(sqlite::Database& db, sqlite::Statement& statement) {
  return statement.run() ? static_cast<std::size_t>(db.changes()) : 0;
}

}  // namespace

void SqliteUserTxn::set_delete_window(ReplicaId replica, EntityType type,
                                      const DeleteWindow& window) {
  reads_.database()
      .prepare(
          "INSERT OR REPLACE INTO delete_windows(user, replica, type, started_at, live, deletes) "
          "VALUES(?, ?, ?, ?, ?, ?)")
      .bind(reads_.user().value, replica.bytes, static_cast<int>(type), window.start.unix_us,
            window.live, window.deletes)
      .run();
}

void SqliteUserTxn::begin_generation() {
  UserState& state = row_.state;
  state.generation = generation_after(state.generation, origin_.epoch, state.head);
  changed_ = true;
}

std::size_t SqliteUserTxn::collect_tombstones(CommitTime before, std::size_t rows_max) {
  auto& db = reads_.database();
  struct Tombstone {
    std::int64_t key;
    int type;
    std::string id;
    Version version;
    CommitTime committed;
  };
  std::vector<Tombstone> old;
  {
    auto rows = db.prepare(
        "SELECT key, committed_at, type, id, version FROM log INDEXED BY tombstone "
        "WHERE deleted = 1 AND key > ? AND key <= ? ORDER BY key LIMIT ?");
    rows.bind(log_key(reads_.user(), Seq{}), log_key(reads_.user(), Seq{limits::seq_max}),
              rows_max);
    while (rows.step() && rows.integer(1) < before.unix_us) {
      old.push_back({rows.integer(0),
                     static_cast<int>(rows.integer(2)),
                     rows.string(3),
                     Version{rows.unsigned_integer(4)},
                     {rows.integer(1)}});
    }
  }
  found_.reset();
  for (const Tombstone& tombstone : old) {
    db.prepare("DELETE FROM log WHERE key = ?").bind(tombstone.key).run();
    db.prepare("DELETE FROM item WHERE user = ? AND type = ? AND id = ?")
        .bind(reads_.user().value, tombstone.type, tombstone.id)
        .run();
    row_.state.collected = std::max(row_.state.collected, tombstone.version);
  }
  if (!old.empty()) {
    row_.state.floor = seq_of(old.back().key);
    row_.floor_at = old.back().committed;
    changed_ = true;
  }
  return old.size();
}

std::size_t SqliteUserTxn::drop_archive(CommitTime before, std::size_t rows_max) {
  auto& db = reads_.database();
  auto rows = db.prepare(
      "DELETE FROM sync_conflicts_archive WHERE user = ?1 AND ordinal IN "
      "(SELECT ordinal FROM sync_conflicts_archive WHERE user = ?1 AND archived_at < ?2 LIMIT ?3)");
  return run_counting(db, rows.bind(reads_.user().value, before.unix_us, rows_max));
}

std::size_t SqliteUserTxn::forget_results(CommitTime before, std::size_t rows_max) {
  reads_.database()
      .prepare("DELETE FROM delete_windows WHERE user = ? AND started_at < ?")
      .bind(reads_.user().value, before.unix_us)
      .run();
  std::size_t forgotten = forget_plain_results(before, rows_max);
  while (forgotten < rows_max) {
    const auto replica = quiet_replica(before);
    if (!replica) break;
    forgotten += forget_results_of(*replica, rows_max - forgotten);
  }
  return forgotten;
}

std::size_t SqliteUserTxn::forget_plain_results(CommitTime before, std::size_t rows_max) {
  auto& db = reads_.database();
  auto rows = db.prepare(
      "DELETE FROM applied WHERE user = ?1 AND change_id IN "
      "(SELECT change_id FROM applied INDEXED BY applied_plain "
      "WHERE user = ?1 AND replica IS NULL AND applied_at < ?2 LIMIT ?3)");
  return run_counting(db, rows.bind(reads_.user().value, before.unix_us, rows_max));
}

std::optional<ReplicaId> SqliteUserTxn::quiet_replica(CommitTime before) {
  auto row = reads_.database().prepare(
      "SELECT replica FROM replicas WHERE user = ? AND has_results = 1 AND pushed_at < ? LIMIT 1");
  if (!row.bind(reads_.user().value, before.unix_us).step()) return std::nullopt;
  return ReplicaId{bytes16(row.blob(0))};
}

// There is no index by replica, which every push would pay for: a replica that falls silent is
// rare, and once nothing of it is left it is not looked for again.
std::size_t SqliteUserTxn::forget_results_of(ReplicaId replica, std::size_t rows_max) {
  auto& db = reads_.database();
  auto rows = db.prepare(
      "DELETE FROM applied WHERE user = ?1 AND change_id IN "
      "(SELECT change_id FROM applied WHERE user = ?1 AND replica = ?2 LIMIT ?3)");
  const std::size_t forgotten =
      run_counting(db, rows.bind(reads_.user().value, replica.bytes, rows_max));
  if (forgotten < rows_max) {
    db.prepare("UPDATE replicas SET has_results = 0 WHERE user = ? AND replica = ?")
        .bind(reads_.user().value, replica.bytes)
        .run();
  }
  return forgotten;
}

}  // namespace studiosync::server
