// Bytes as base64 text (RFC 4648).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace studiosync::server {

// Section 4, with padding.
std::string base64(std::string_view bytes);
// Section 5, without padding, as in RFC 7515.
std::string base64url(std::string_view bytes);

// Strict: nothing for padding, another character, an impossible length, or unused bits that are
// set. So one value has exactly one text, and a changed text is a changed value.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace studiosync::server
