// SHA-256 (FIPS 180-4) of bytes in memory.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace studiosync {

using Sha256 = std::array<std::uint8_t, 32>;

Sha256 sha256(std::string_view bytes) noexcept;

// The first 16 bytes: what records, ids and digests keep of it.
using Hash128 = std::array<std::uint8_t, 16>;
Hash128 hash128(std::string_view bytes) noexcept;

}  // namespace studiosync
