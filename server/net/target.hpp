// The request target of HTTP (RFC 9112 section 3.2), taken apart and decoded.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/net/http_types.hpp"

namespace studiosync::server {

struct Target {
  std::string path;
  Headers query;
};

// Nothing for a broken escape, an encoded NUL, or a form that no origin server serves.
std::optional<Target> parse_target(std::string_view target);

}  // namespace studiosync::server
