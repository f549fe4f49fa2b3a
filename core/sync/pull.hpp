// The server's half of reading: pages, digests, conflicts. Pure over a UserReader.
#pragma once

#include <string>
#include <vector>

#include "core/protocol/message.hpp"
#include "core/sync/user_log.hpp"

namespace studiosync {

// The cursor of the user's head.
Cursor head_cursor(UserReader& log);

// A page after the cursor. `resync_required` when the cursor is not of this history, of an older
// account generation, or below the floor.
Result<Changes> read_page(UserReader& log, const Pull& pull);

// A page for a plain client, which may give a time instead of a cursor.
Result<Changes> read_page_since(UserReader& log, CommitTime since, std::uint32_t limit);

Result<DigestAnswer> read_digest(UserReader& log, const DigestRequest& request);

std::vector<ConflictView> read_conflicts(UserReader& log, bool all);

}  // namespace studiosync
