#include "server/store/sqlite/record_row.hpp"

#include <algorithm>

#include "server/store/field_versions.hpp"
#include "server/store/sqlite/log_key.hpp"

namespace studiosync::server {

std::array<std::uint8_t, 16> bytes16(sqlite::Blob column) noexcept {
  std::array<std::uint8_t, 16> bytes{};
  std::copy_n(column.begin(), std::min(column.size(), bytes.size()), bytes.begin());
  return bytes;
}

std::optional<sqlite::Blob> replica_column(const ReplicaId& replica) noexcept {
  if (replica.nil()) return std::nullopt;
  return sqlite::Blob(replica.bytes);
}

bool read_record_row(const sqlite::Statement& row, Record& record) {
  const auto type = entity_type_from(row.integer(1));
  auto fields = decode_field_versions(row.blob(12));
  if (!type || !fields) return false;
  record.type = *type;
  record.id = row.text(2);
  record.deleted = row.integer(3) != 0;
  record.reason = row.text(4);
  record.rev = {Epoch{row.unsigned_integer(5)}, Version{row.unsigned_integer(6)}};
  record.origin = {ReplicaId{bytes16(row.blob(8))}, DeviceSeq{row.unsigned_integer(9)},
                   Stamp{row.unsigned_integer(7)}};
  record.device.value = row.text(10);
  record.seq = seq_of(row.integer(0));
  record.committed = {row.integer(11)};
  record.field_versions = std::move(*fields);
  record.content = row.text(13);
  return true;
}

void insert_record_row(sqlite::Database& db, UserId user, const Record& record) {
  const auto fields = encode_field_versions(record.field_versions);
  db.prepare(
        "INSERT INTO log(key, type, id, deleted, reason, epoch, version, hlc, replica, device_seq, "
        "device, committed_at, field_versions, content) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)")
      .execute(log_key(user, record.seq), static_cast<int>(record.type), record.id, record.deleted,
               record.reason, record.rev.epoch.value, record.rev.version.value,
               record.origin.stamp.bits, replica_column(record.origin.replica),
               record.origin.device_seq.value, record.device.value, record.committed.unix_us,
               fields.empty() ? std::nullopt : std::optional<sqlite::Blob>(fields), record.content);
}

}  // namespace studiosync::server
