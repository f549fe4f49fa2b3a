// Compression of answers (RFC 1952).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace studiosync::server {

// Nothing when zlib has no memory: the answer then goes out as it is.
std::optional<std::string> gzip(std::string_view plain);

// Whether an Accept-Encoding value (RFC 9110 section 12.5.3) names gzip with a weight above 0.
bool accepts_gzip(std::string_view accept_encoding) noexcept;

}  // namespace studiosync::server
