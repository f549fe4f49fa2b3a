// Ids that follow from what they are for, so that a retry, or another device, makes the same one.
#pragma once

#include <string>
#include <string_view>

namespace studiosync {

// `prefix` and the first 32 hex digits of SHA-256 over `source` and `purpose`.
std::string derived_id(std::string_view prefix, std::string_view source, std::string_view purpose);

}  // namespace studiosync
