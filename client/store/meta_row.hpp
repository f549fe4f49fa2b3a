// The device's numbers: the one row of `sync_metadata`.
#pragma once

#include "core/sync/device_store.hpp"
#include "sqlite/database.hpp"

namespace studiosync::client {

// The defaults when there is no row yet.
DeviceMeta read_meta(sqlite::Database& db);
void write_meta(sqlite::Database& db, const DeviceMeta& meta);

}  // namespace studiosync::client
