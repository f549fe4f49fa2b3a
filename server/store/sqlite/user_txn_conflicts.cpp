// The part of SqliteUserTxn that keeps conflicts: which are open, and the archive of all.
#include <algorithm>

#include "server/store/sqlite/record_row.hpp"
#include "server/store/sqlite/user_txn.hpp"

namespace studiosync::server {

void SqliteUserTxn::conflict_opened(const std::string& conflict_id, EntityType type,
                                    std::string_view item_id, std::string_view losing) {
  reads_.database()
      .prepare(
          "INSERT INTO conflicts(user, ordinal, conflict_id, type, item_id, losing, open) "
          "SELECT ?1, 1 + coalesce(max(ordinal), 0), ?2, ?3, ?4, ?5, 1 "
          "FROM conflicts WHERE user = ?1 "
          "ON CONFLICT(user, conflict_id) DO UPDATE SET open = 1")
      .bind(reads_.user().value, conflict_id, static_cast<int>(type), item_id, losing)
      .run();
}

void SqliteUserTxn::conflict_closed(const std::string& conflict_id) {
  reads_.database()
      .prepare("UPDATE conflicts SET open = 0 WHERE user = ? AND conflict_id = ?")
      .bind(reads_.user().value, conflict_id)
      .run();
}

void SqliteUserTxn::conflict_forgotten(const std::string& conflict_id) {
  reads_.database()
      .prepare("DELETE FROM conflicts WHERE user = ? AND conflict_id = ?")
      .bind(reads_.user().value, conflict_id)
      .run();
}

std::vector<std::string> SqliteUserTxn::scrub(EntityType type, std::string_view item_id) {
  std::vector<std::string> ids;
  auto rows = reads_.database().prepare(
      "DELETE FROM conflicts WHERE user = ? AND type = ? AND item_id = ? RETURNING conflict_id");
  for (rows.bind(reads_.user().value, static_cast<int>(type), item_id); rows.step();) {
    ids.push_back(rows.string(0));
  }
  reads_.database()
      .prepare("DELETE FROM sync_conflicts_archive WHERE user = ? AND type = ? AND item_id = ?")
      .bind(reads_.user().value, static_cast<int>(type), item_id)
      .run();
  std::sort(ids.begin(), ids.end());
  return ids;
}

void SqliteUserTxn::archive(const ArchiveRow& row) {
  const ConflictCase& conflict = row.conflict;
  const Side& local = conflict.local;
  const Side& remote = conflict.remote;
  std::optional<std::string_view> choice;
  if (row.choice) choice = to_string(*row.choice);
  reads_.database()
      .prepare(
          "INSERT INTO sync_conflicts_archive(user, ordinal, conflict_id, type, item_id, "
          "local_deleted, local_content, local_version, local_replica, local_device_seq, "
          "local_hlc, local_device, remote_deleted, remote_content, remote_version, "
          "remote_replica, remote_device_seq, remote_hlc, remote_device, strategy, open, result, "
          "resolved_by, choice, archived_at) "
          "SELECT ?1, 1 + coalesce(max(ordinal), 0), "
          "?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21,?22,?23,?24 "
          "FROM sync_conflicts_archive WHERE user = ?1")
      .bind(reads_.user().value, conflict.id, static_cast<int>(conflict.type), conflict.item_id,
            local.deleted, local.content, local.version.value, replica_column(local.origin.replica),
            local.origin.device_seq.value, local.origin.stamp.bits, local.device.value,
            remote.deleted, remote.content, remote.version.value,
            replica_column(remote.origin.replica), remote.origin.device_seq.value,
            remote.origin.stamp.bits, remote.device.value, static_cast<int>(conflict.strategy),
            conflict.open, row.result, row.resolved_by, choice, row.at.unix_us)
      .run();
}

}  // namespace studiosync::server
