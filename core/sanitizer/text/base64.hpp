// Reads the beginning of base64 (RFC 4648), the URL-safe alphabet included. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace studiosync {

// The decoded bytes, without those of an incomplete last group; empty when a character does not
// belong to base64.
std::string decode_base64(std::string_view encoded);

}  // namespace studiosync
