// Disks with a new database on them: made once in a process, and copied for each that needs one, as
// to set up a schema takes longer than to run a scenario.
#pragma once

#include "e2e/disk/simulated_disk.hpp"
#include "server/store/sqlite/sqlite_store.hpp"

namespace studiosync::e2e {

inline constexpr const char* server_folder = "server";
inline constexpr const char* device_file = "device.db";

// How the server's store is opened in the simulation; `clock`, `entropy`, `vfs` and `post` are the
// caller's.
server::SqliteStoreOptions server_options();

// Both draw on SQLite's random numbers when they are asked for the first time.
const SimulatedDisk& new_server_disk();
const SimulatedDisk& new_device_disk();

}  // namespace studiosync::e2e
