// Bytes as lower-case hexadecimal text, and back.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace studiosync {

std::string to_hex(std::span<const std::uint8_t> bytes);
// The same at `out`, which has room for two characters a byte.
void write_hex(std::span<const std::uint8_t> bytes, char* out) noexcept;
// Nothing for an odd length or another character; accepts upper case.
std::optional<std::vector<std::uint8_t>> from_hex(std::string_view text);
// The same into `bytes`, which the text must fill exactly; false leaves them unspecified.
bool read_hex(std::string_view text, std::span<std::uint8_t> bytes) noexcept;

// Fixed width: 16 digits, so that texts order as the numbers do.
std::string hex64(std::uint64_t value);
std::optional<std::uint64_t> parse_hex64(std::string_view text);

}  // namespace studiosync
