// The words of a text that is looked at without lexing it: runs of letters, digits and `_`.
// Values; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {

inline constexpr auto text_word_bytes = [] {
  std::array<bool, 256> members{};
  for (std::size_t byte = 0; byte < members.size(); ++byte) {
    members[byte] = is_word_char(static_cast<char>(byte));
  }
  return members;
}();

inline std::size_t text_word_end(std::string_view text, std::size_t at) noexcept {
  while (at < text.size() && text_word_bytes[static_cast<unsigned char>(text[at])]) ++at;
  return at;
}

struct TextWord {
  std::size_t begin = 0;
  std::size_t end = 0;

  bool empty() const noexcept { return begin == end; }
};

// The next word from `at` on; an empty one when there is none.
inline TextWord next_text_word(std::string_view text, std::size_t at) noexcept {
  while (at < text.size() && !text_word_bytes[static_cast<unsigned char>(text[at])]) ++at;
  return {at, text_word_end(text, at)};
}

}  // namespace studiosync
