// A DeviceRecord as one row of its type's table, and back.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/sync/device_store.hpp"
#include "sqlite/database.hpp"

namespace studiosync::client {

// The stored columns but `row`, in the order that the functions below use.
inline constexpr std::string_view record_columns =
    "id, content, local_only, shadow_deleted, shadow_reason, rev_epoch, sync_version, hlc, replica,"
    " device_seq, device_id, seq, committed_at, field_versions, shadow_content, edit,"
    " edit_queued_at, in_flight, redacted";
inline constexpr int record_columns_count = 19;

// Binds the record to the parameters 1 to 19, and `row`, when given, to number 20.
void bind_record(sqlite::Statement& statement, const DeviceRecord& record,
                 std::optional<std::int64_t> row = std::nullopt);

// Those of them that a row of the server's fills, where nothing else is known of the record; the
// others keep their defaults.
inline constexpr std::string_view row_columns =
    "id, content, shadow_deleted, shadow_reason, rev_epoch, sync_version, hlc, replica,"
    " device_seq, device_id, seq, committed_at, field_versions";
inline constexpr int row_columns_count = 13;

// Executes a statement whose parameters are row_columns. False on an error.
bool insert_row(sqlite::Statement& statement, const Record& row);

// From a statement whose columns are record_columns. A column that cannot be read becomes the
// database's sticky error.
DeviceRecord record_at(sqlite::Database& db, EntityType type, const sqlite::Statement& row);

}  // namespace studiosync::client
