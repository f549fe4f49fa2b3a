// A row of the table `applied`: the first result of a change.
#pragma once

#include <functional>
#include <optional>

#include "core/sync/user_log.hpp"
#include "sqlite/database.hpp"

namespace studiosync::server {

std::optional<AppliedChange> read_applied_row(sqlite::Database& db, UserId user, ChangeId change);
void read_applied_rows(sqlite::Database& db, UserId user,
                       const std::function<void(const AppliedChange&)>& visit);
// Replaces what is remembered of the change.
void write_applied_row(sqlite::Database& db, UserId user, ChangeId change,
                       const AppliedChange& applied);

}  // namespace studiosync::server
