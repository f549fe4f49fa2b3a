// A row of the table `log` as a Record, and back.
#pragma once

#include <string_view>

#include "core/conflicts/version.hpp"
#include "sqlite/database.hpp"

namespace studiosync::server {

// In the order that read_record_row expects. A macro, so that literals join at compile time.
#define SS_LOG_COLUMNS                                                                    \
  "log.key, log.type, log.id, log.deleted, log.reason, log.epoch, log.version, log.hlc, " \
  "log.replica, log.device_seq, log.device, log.committed_at, log.field_versions, log.content"

// Overwrites all of `record`, using its memory again. False for a row that we cannot have written.
bool read_record_row(const sqlite::Statement& row, Record& record);

// `record` with its seq and commit time.
void insert_record_row(sqlite::Database& db, UserId user, const Record& record);

// A replica's id as a column: NULL for none.
std::optional<sqlite::Blob> replica_column(const ReplicaId& replica) noexcept;
// The 16 bytes of a column; all zero for NULL.
std::array<std::uint8_t, 16> bytes16(sqlite::Blob column) noexcept;

}  // namespace studiosync::server
