// The schema of a device's database.
//
// Hand-written tables (the outbox, the device's numbers) change by numbered migrations. Everything
// that follows from the registry (the record tables' computed columns, indexes, full-text search,
// views) is derived: when the registry has changed it is made anew around the stored columns, so a
// new field or entity needs no migration.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/schema/registry.hpp"
#include "sqlite/database.hpp"

namespace studiosync::client {

// Every type that has a table on the device, in upload order, conflicts last.
std::vector<const EntitySpec*> stored_specs();

// Creates or upgrades. `store_error`, with nothing changed, for a database that a newer program
// made. Waits for the write lock only when there is something to change.
Result<> upgrade_schema(sqlite::Database& db, WallTime now);

// The read-only views for people and tools: sync_status, pending_changes, user_statistics,
// device_registry.
std::string views_ddl();

}  // namespace studiosync::client
