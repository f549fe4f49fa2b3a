// What the user wrote and another device's version replaced (`originals`): on this device only.
// All functions run in the transaction of their caller; errors stay in the database object.
#pragma once

#include <vector>

#include "core/sync/device_store.hpp"
#include "sqlite/database.hpp"

namespace studiosync::client {

void insert_original(sqlite::Database& db, const Original& original);
// Both by number.
std::vector<Original> read_originals(sqlite::Database& db);
std::vector<Original> read_originals_of(sqlite::Database& db, EntityType type, std::string_view id);
void delete_original(sqlite::Database& db, std::uint64_t number);
// All but the newest `count` beside those of own deletes (`of_own_delete`), and those from before
// `since`.
void delete_originals_beyond(sqlite::Database& db, std::size_t count, WallTime since);

}  // namespace studiosync::client
