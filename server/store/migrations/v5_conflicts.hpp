// Version 5 of a shard's schema: the conflicts of one record are found without reading all of the
// user's. Released: never edited, only followed by a next version.
#pragma once

#include <string_view>

namespace studiosync::server::migrations {

inline constexpr std::string_view v5_conflicts = R"sql(
CREATE INDEX conflict_of_item ON conflicts(user, type, item_id);
)sql";

}  // namespace studiosync::server::migrations
