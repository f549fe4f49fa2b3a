#include "core/base/ids.hpp"

#include "core/base/hex.hpp"
#include "core/base/random.hpp"

namespace studiosync {

std::string uuid_text(const std::array<std::uint8_t, 16>& bytes) {
  std::string text = to_hex(bytes);
  for (std::size_t at : {8U, 13U, 18U, 23U}) text.insert(at, 1, '-');
  return text;
}

std::optional<std::array<std::uint8_t, 16>> uuid_bytes(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  std::string digits;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (hyphen != (text[i] == '-')) return std::nullopt;
    if (!hyphen) digits += text[i];
  }
  const auto raw = from_hex(digits);
  if (!raw || raw->size() != 16) return std::nullopt;
  std::array<std::uint8_t, 16> bytes{};
  std::copy(raw->begin(), raw->end(), bytes.begin());
  return bytes;
}

std::array<std::uint8_t, 16> uuid_v7(std::int64_t unix_ms, Random& random) {
  std::array<std::uint8_t, 16> bytes{};
  for (std::size_t i = 0; i < 6; ++i) {
    bytes[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(unix_ms) >> (40 - 8 * i));
  }
  const std::uint64_t a = random.next();
  const std::uint64_t b = random.next();
  for (std::size_t i = 0; i < 8; ++i) bytes[8 + i] = static_cast<std::uint8_t>(a >> (8 * i));
  bytes[6] = static_cast<std::uint8_t>(0x70 | (b & 0x0F));
  bytes[7] = static_cast<std::uint8_t>(b >> 8);
  bytes[8] = static_cast<std::uint8_t>(0x80 | (bytes[8] & 0x3F));
  return bytes;
}

}  // namespace studiosync
