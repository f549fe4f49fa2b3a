// Whether a path fits a route's pattern.
#pragma once

#include <optional>
#include <string_view>

#include "server/net/http_types.hpp"

namespace studiosync::server {

// `/api/devices/d-1` fits `/api/devices/{id}` with id = d-1. A parameter is one segment, never
// empty.
std::optional<Headers> match_path(std::string_view pattern, std::string_view path);

}  // namespace studiosync::server
