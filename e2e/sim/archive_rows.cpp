#include "e2e/sim/archive_rows.hpp"

#include "server/store/sqlite/record_row.hpp"

namespace studiosync::e2e {
namespace {

// `first` is the column that tells whether it was deleted.
Side side_of(const sqlite::Statement& row, int first) {
  Side side{.deleted = row.integer(first) != 0, .content = row.string(first + 1)};
  side.version = Version{row.unsigned_integer(first + 2)};
  side.origin = {ReplicaId{server::bytes16(row.blob(first + 3))},
                 DeviceSeq{row.unsigned_integer(first + 4)},
                 Stamp{row.unsigned_integer(first + 5)}};
  side.device = {row.string(first + 6)};
  return side;
}

ArchiveRow archive_row_of(const sqlite::Statement& row) {
  ArchiveRow found{
      .result = row.string(19), .resolved_by = row.string(20), .at = {row.integer(22)}};
  found.conflict = {.id = row.string(0),
                    .type = static_cast<EntityType>(row.integer(1)),
                    .item_id = row.string(2),
                    .local = side_of(row, 3),
                    .remote = side_of(row, 10),
                    .strategy = static_cast<Strategy>(row.integer(17)),
                    .open = row.integer(18) != 0};
  found.choice = parse_choice(row.text(21));
  return found;
}

}  // namespace

Result<std::vector<ArchiveRow>> read_archive(sqlite::Database& db, UserId user) {
  std::vector<ArchiveRow> archive;
  auto rows = db.prepare(
      "SELECT conflict_id, type, item_id, local_deleted, local_content, local_version, "
      "local_replica, local_device_seq, local_hlc, local_device, remote_deleted, remote_content, "
      "remote_version, remote_replica, remote_device_seq, remote_hlc, remote_device, strategy, "
      "open, result, resolved_by, choice, archived_at FROM sync_conflicts_archive "
      "WHERE user = ? ORDER BY ordinal");
  for (rows.bind(user.value); rows.step();) archive.push_back(archive_row_of(rows));
  SS_TRY(db.take_error());
  return archive;
}

}  // namespace studiosync::e2e
