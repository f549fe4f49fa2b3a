// The two readers behind parse_json. For the sources of this folder only.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/json.hpp"

namespace studiosync {

// With vector instructions (Langdale and Lemire, 2019). Nothing for a text that it refuses, and for
// some that are well-formed all the same: integers beyond 64 bits, nesting near the bound.
std::optional<Json> parse_json_fast(std::string_view text);

// Byte by byte; knows what is wrong, and where.
Result<Json> parse_json_carefully(std::string_view text);

}  // namespace studiosync
