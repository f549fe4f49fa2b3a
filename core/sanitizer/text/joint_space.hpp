// What may stand around the sign between a name and its value. Pure; any thread.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "core/sanitizer/value/ascii.hpp"

namespace studiosync::joint_space {

inline std::size_t skip_blanks(std::string_view text, std::size_t at) noexcept {
  constexpr std::size_t blanks_max = 64;
  const std::size_t limit = std::min(text.size(), at + blanks_max);
  while (at < limit && is_blank(text[at])) ++at;
  return at;
}

// Between a quoted name or a sign and its value lines may break: JSON is printed that way.
inline std::size_t skip_spaces(std::string_view text, std::size_t at) noexcept {
  constexpr std::size_t spaces_max = 64;
  const std::size_t limit = std::min(text.size(), at + spaces_max);
  while (at < limit && is_space(text[at])) ++at;
  return at;
}

// Behind the sign: stars of Markdown, a prefix of the string (f"…", N'…', b'…').
inline std::size_t skip_decoration(std::string_view text, std::size_t at) noexcept {
  while (at < text.size() && text[at] == '*' && at + 1 < text.size() && text[at + 1] == '*') {
    at = skip_blanks(text, at + 2);
  }
  for (std::size_t prefix = 1; prefix <= 2 && at + prefix < text.size(); ++prefix) {
    if (!is_letter(text[at + prefix - 1]) && text[at] != '@') break;
    const char quote = text[at + prefix];
    if (quote == '"' || quote == '\'') return at + prefix;
  }
  return at;
}

}  // namespace studiosync::joint_space
