#include "client/store/meta_row.hpp"

#include "client/store/record_json.hpp"

namespace studiosync::client {

DeviceMeta read_meta(sqlite::Database& db) {
  DeviceMeta meta;
  auto row = db.prepare(
      "SELECT device_id, device_name, user_id, replica_id, last_frozen, last_frozen_id, last_acked,"
      " last_acked_id, cursor_epoch, cursor_seq, cursor_generation, epochs, hlc, last_sync_ms,"
      " recovery, digest_due_ms, ahead_epoch, ahead_seq, ahead_generation FROM sync_metadata");
  if (!row.step()) return meta;
  meta.device = {row.string(0)};
  meta.device_name = row.string(1);
  meta.user_id = row.string(2);
  meta.replica = id_from<ReplicaId>(row.text(3));
  meta.last_frozen = {row.unsigned_integer(4)};
  meta.last_frozen_id = id_from<ChangeId>(row.text(5));
  meta.last_acked = {row.unsigned_integer(6)};
  meta.last_acked_id = id_from<ChangeId>(row.text(7));
  meta.cursor = {Epoch{row.unsigned_integer(8)}, Seq{row.unsigned_integer(9)},
                 Generation{row.unsigned_integer(10)}};
  meta.epochs = epochs_from_json(row.text(11));
  meta.clock = parse_stamp(row.text(12)).value_or(Stamp{});
  meta.last_sync = {row.integer(13)};
  meta.recovery = recovery_from(row.text(14));
  meta.digest_due = {row.integer(15)};
  meta.ahead = {Epoch{row.unsigned_integer(16)}, Seq{row.unsigned_integer(17)},
                Generation{row.unsigned_integer(18)}};
  return meta;
}

void write_meta(sqlite::Database& db, const DeviceMeta& meta) {
  db.prepare(
        "INSERT OR REPLACE INTO sync_metadata"
        " (one, device_id, device_name, user_id, replica_id, last_frozen, last_frozen_id,"
        "  last_acked, last_acked_id, cursor_epoch, cursor_seq, cursor_generation, epochs, hlc,"
        "  last_sync_ms, recovery, digest_due_ms, ahead_epoch, ahead_seq, ahead_generation)"
        " VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(meta.device.value, meta.device_name, meta.user_id, id_text(meta.replica),
            meta.last_frozen.value, id_text(meta.last_frozen_id), meta.last_acked.value,
            id_text(meta.last_acked_id), meta.cursor.epoch.value, meta.cursor.seq.value,
            meta.cursor.generation.value, to_json(meta.epochs), to_string(meta.clock),
            meta.last_sync.unix_ms, to_string(meta.recovery), meta.digest_due.unix_ms,
            meta.ahead.epoch.value, meta.ahead.seq.value, meta.ahead.generation.value)
      .run();
}

}  // namespace studiosync::client
