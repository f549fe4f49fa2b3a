// Version 3 of a shard's schema: a record that is made anew never gets a version that it had
// before. Released: never edited, only followed by a next version.
#pragma once

#include <string_view>

namespace studiosync::server::migrations {

inline constexpr std::string_view v3_collected = R"sql(
-- The highest version of a tombstone that was collected. Of those that are gone already it is not
-- known any more; each version took a place in the log, so that none is beyond the head.
ALTER TABLE users ADD COLUMN collected INTEGER NOT NULL DEFAULT 0;
UPDATE users SET collected = head WHERE floor > 0;
)sql";

}  // namespace studiosync::server::migrations
