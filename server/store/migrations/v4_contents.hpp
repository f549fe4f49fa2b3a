// Version 4 of a shard's schema: what comes back after a restore is known again although others
// wrote over it since. Released: never edited, only followed by a next version.
#pragma once

#include <string_view>

namespace studiosync::server::migrations {

inline constexpr std::string_view v4_contents = R"sql(
-- The hash of the record's content after the change. Of changes from before this version it is not
-- known, and they meet what comes back as a conflict.
ALTER TABLE applied ADD COLUMN content BLOB;
)sql";

}  // namespace studiosync::server::migrations
