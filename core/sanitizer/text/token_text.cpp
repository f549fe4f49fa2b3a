#include "core/sanitizer/text/token_text.hpp"

#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"

namespace studiosync {
namespace {

constexpr int hex_value(char c) noexcept {
  if (is_digit(c)) return c - '0';
  return to_lower(c) - 'a' + 10;
}

}  // namespace

bool follows_escape(std::string_view text, std::size_t at) noexcept {
  const auto stands = [&](std::size_t back, char c) { return at >= back && text[at - back] == c; };
  if (stands(2, '\\')) return "nrtbfv0"_bytes.has(text[at - 1]);
  if (at < 3 || !is_hex(text[at - 1]) || !is_hex(text[at - 2])) return false;
  if (text[at - 3] == '%') return true;
  if (stands(4, '\\')) return text[at - 3] == 'x';
  return stands(6, '\\') && text[at - 5] == 'u' && is_hex(text[at - 3]) && is_hex(text[at - 4]);
}

char percent_decoded(std::string_view text, std::size_t at) noexcept {
  if (text.size() - at < 3 || !is_hex(text[at + 1]) || !is_hex(text[at + 2])) return '\0';
  const auto c = static_cast<char>(hex_value(text[at + 1]) * 16 + hex_value(text[at + 2]));
  return is_letter(c) || is_digit(c) ? '\0' : c;
}

Run read_run(std::string_view text, std::size_t at, const CharSet& set,
             std::size_t count_max) noexcept {
  Run found{.end = at};
  while (found.count < count_max && found.end < text.size()) {
    const std::size_t bytes = char_bytes(text, found.end, set);
    if (bytes == 0) break;
    found.end += bytes;
    ++found.count;
  }
  return found;
}

}  // namespace studiosync
