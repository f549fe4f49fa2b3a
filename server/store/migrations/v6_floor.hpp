// Version 6 of a shard's schema: who goes on by time is told when deletes since were collected.
// Released: never edited, only followed by a next version.
#pragma once

#include <string_view>

namespace studiosync::server::migrations {

inline constexpr std::string_view v6_floor = R"sql(
-- When the tombstone at the floor was committed. Of those that are gone already it is not known any
-- more; it was before the next row there, or is the last commit.
ALTER TABLE users ADD COLUMN floor_at INTEGER NOT NULL DEFAULT 0;
UPDATE users SET floor_at = coalesce(
  (SELECT committed_at - 1 FROM log
   WHERE key > (users.user << 40 | users.floor) AND key < ((users.user + 1) << 40)
   ORDER BY key LIMIT 1),
  last_commit) WHERE floor > 0;
)sql";

}  // namespace studiosync::server::migrations
