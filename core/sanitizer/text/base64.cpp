#include "core/sanitizer/text/base64.hpp"

#include <cstdint>

#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {
namespace {

constexpr int no_digit = -1;

int digit_of(char c) {
  if (is_upper(c)) return c - 'A';
  if (is_lower(c)) return c - 'a' + 26;
  if (is_digit(c)) return c - '0' + 52;
  if (c == '+' || c == '-') return 62;
  if (c == '/' || c == '_') return 63;
  return no_digit;
}

}  // namespace

std::string decode_base64(std::string_view encoded) {
  while (!encoded.empty() && encoded.back() == '=') encoded.remove_suffix(1);
  std::string bytes;
  std::uint32_t window = 0;
  int bits = 0;
  for (const char c : encoded) {
    const int digit = digit_of(c);
    if (digit == no_digit) return {};
    window = (window << 6U) | static_cast<std::uint32_t>(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push_back(static_cast<char>((window >> static_cast<unsigned>(bits)) & 0xffU));
  }
  return bytes;
}

}  // namespace studiosync
