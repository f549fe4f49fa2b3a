// The server's archive of conflicts as its database has it, which no port of the store gives out.
#pragma once

#include <vector>

#include "core/sync/user_log.hpp"
#include "sqlite/database.hpp"

namespace studiosync::e2e {

// All of the user's, oldest first.
Result<std::vector<ArchiveRow>> read_archive(sqlite::Database& db, UserId user);

}  // namespace studiosync::e2e
