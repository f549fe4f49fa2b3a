// Deletes everything of a user, so that nobody brings it back. Runs on whatever thread owns the
// UserTxn.
#pragma once

#include "core/sync/user_log.hpp"

namespace studiosync {

// A tombstone for every live record under a new account generation; conflicts and their archive go
// as well. Policies stay, and what is known of replicas. Returns the new head: cursors of the
// generation before are refused from now on.
Cursor apply_reset(UserTxn& log, WallTime now);

}  // namespace studiosync
