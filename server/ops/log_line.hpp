// An event as one line of text, without the time and the level.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "server/ops/logging.hpp"

namespace studiosync::server {

// `"event":"push_applied","device":"d-1","changes":3`: the members of a JSON object.
std::string json_members(std::string_view event, std::span<const LogField> fields);
// `push_applied device=d-1 changes=3`; a text with blanks or control characters is quoted.
std::string readable_line(std::string_view event, std::span<const LogField> fields);

}  // namespace studiosync::server
