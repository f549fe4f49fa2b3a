// The frozen changes (`sync_queue`) and those that the server refused (`sync_rejected`).
// All functions run in the transaction of their caller; errors stay in the database object.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/sync/device_store.hpp"
#include "sqlite/database.hpp"

namespace studiosync::client {

std::vector<FrozenChange> read_frozen(sqlite::Database& db, DeviceSeq after, std::size_t limit);
std::optional<FrozenChange> find_frozen(sqlite::Database& db, DeviceSeq seq);
// Fails when the place is taken: a frozen change is never replaced.
void insert_frozen(sqlite::Database& db, const FrozenChange& change);
void delete_frozen(sqlite::Database& db, DeviceSeq seq);

std::vector<RejectedChange> read_rejected(sqlite::Database& db);
std::vector<RejectedChange> read_rejected_of(sqlite::Database& db, EntityType type,
                                             std::string_view id);
void upsert_rejected(sqlite::Database& db, const RejectedChange& rejected);
void delete_rejected(sqlite::Database& db, ChangeId change);

// One statement, and so one moment. `edits` is a SQL expression: the edits are counted where they
// are, in the record tables.
std::string queue_counts_sql(std::string_view edits);
QueueCounts read_queue_counts(sqlite::Database& db, const std::string& sql);

}  // namespace studiosync::client
