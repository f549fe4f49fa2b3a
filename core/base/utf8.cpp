#include <cstring>

#include "core/base/json.hpp"

namespace studiosync {
namespace {

// Length of the well-formed sequence at the front (Unicode 15, table 3-7); 0 for an ill-formed one.
std::size_t sequence_length(std::string_view s) noexcept {
  const auto at = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
  const auto continued = [&](std::size_t i) { return i < s.size() && (at(i) & 0xC0U) == 0x80U; };
  const unsigned char lead = at(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return continued(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    if (!continued(1) || !continued(2)) return 0;
    if (lead == 0xE0 && at(1) < 0xA0) return 0;  // overlong
    if (lead == 0xED && at(1) > 0x9F) return 0;  // surrogate
    return 3;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    if (!continued(1) || !continued(2) || !continued(3)) return 0;
    if (lead == 0xF0 && at(1) < 0x90) return 0;  // overlong
    if (lead == 0xF4 && at(1) > 0x8F) return 0;  // above U+10FFFF
    return 4;
  }
  return 0;
}

// Of the ASCII characters at the front, rounded down to whole words: most text is ASCII.
std::size_t ascii_words(std::string_view s) noexcept {
  constexpr std::uint64_t high_bits = 0x8080808080808080U;
  std::size_t length = 0;
  for (std::uint64_t word = 0; length + sizeof word <= s.size(); length += sizeof word) {
    std::memcpy(&word, s.data() + length, sizeof word);
    if ((word & high_bits) != 0) break;
  }
  return length;
}

}  // namespace

bool valid_utf8(std::string_view text) noexcept {
  for (;;) {
    text.remove_prefix(ascii_words(text));
    if (text.empty()) return true;
    const std::size_t length = sequence_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
}

}  // namespace studiosync
