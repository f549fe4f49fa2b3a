// The server's half of reading: pages, digests, conflicts. Pure over a UserReader.
#pragma once

#include <string>
#include <vector>

#include "core/protocol/message.hpp"
#include "core/sync/user_log.hpp"

namespace studiosync {

// The cursor of the user's head.
Cursor head_cursor(UserReader& log);

// `resync_required` when the account was reset since the cursor, or when deletions that its reader
// has not seen may have been collected. The first cursor is never stale.
Result<> check_fresh(const UserState& state, const Cursor& cursor);

// `resync_required` when the cursor is not of this history, or of another account generation.
Result<> check_history(UserReader& log, const Cursor& cursor);

// A page after the cursor. `resync_required` when the cursor is not of this history, of an older
// account generation, or below the floor.
Result<Changes> read_page(UserReader& log, const Pull& pull);

// A page of a snapshot, which begins at the beginning: its reader has nothing yet that deletions
// could be missing for, so its cursor may be below the floor.
Result<Changes> read_snapshot(UserReader& log, const Pull& pull);

// A page for a plain client, which may give a time instead of a cursor.
Result<Changes> read_page_since(UserReader& log, CommitTime since, std::uint32_t limit);

Result<DigestAnswer> read_digest(UserReader& log, const DigestRequest& request);

std::vector<ConflictView> read_conflicts(UserReader& log, bool all);
// The same for an answer: payload_too_large where they do not fit, and no more of them is read.
Result<std::vector<ConflictView>> list_conflicts(UserReader& log, bool all);

// The conflicts of a record that are beyond what somebody has read, as far as they fit into an
// answer. He must be told of them with the record: what lost may be nowhere else, and a server that
// is restored would be given back by him what won alone.
struct Unread {
  Seq read;
  std::size_t answer_bytes;  // told so far
};
std::vector<Record> unread_conflicts(UserReader& log, EntityType type, std::string_view item_id,
                                     Unread unread);

}  // namespace studiosync
