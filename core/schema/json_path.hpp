// Writes where in a JSON text something is: `$.data.tags[3]`, `$.metadata["a b"]`.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace studiosync {

// `parent` followed by a member's key; quoted and escaped where it is no plain name. Of a long key
// only the length is told, as `["<300 bytes>"]`: half of a credential would not be recognized as
// one, and so would not be redacted where the path is shown.
std::string member_path(std::string_view parent, std::string_view key);
std::string element_path(std::string_view parent, std::size_t index);

}  // namespace studiosync
