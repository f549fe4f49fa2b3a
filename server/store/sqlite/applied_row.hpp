// A row of the table `applied`: the first result of a change.
#pragma once

#include <optional>

#include "core/sync/user_log.hpp"
#include "sqlite/database.hpp"

namespace studiosync::server {

std::optional<AppliedChange> read_applied_row(sqlite::Database& db, UserId user, ChangeId change);
// Replaces what is remembered of the change.
void write_applied_row(sqlite::Database& db, UserId user, ChangeId change,
                       const AppliedChange& applied);

}  // namespace studiosync::server
