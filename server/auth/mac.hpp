// Keyed hashes (RFC 2104 over FIPS 180-4), and the one way to compare secrets.
#pragma once

#include <string>
#include <string_view>

#include "core/base/sha256.hpp"

namespace studiosync::server {

Sha256 hmac_sha256(std::string_view key, std::string_view message);
// 48 bytes.
std::string hmac_sha384(std::string_view key, std::string_view message);

// A 256-bit key for one purpose; keys of different purposes tell nothing about each other.
std::string derive_key(std::string_view secret, std::string_view purpose);

// Takes the same time wherever the two differ. Their lengths are not secret.
bool constant_time_equal(std::string_view a, std::string_view b) noexcept;

// The same bytes as text, for the functions above.
inline std::string_view as_text(const Sha256& digest) noexcept {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

}  // namespace studiosync::server
