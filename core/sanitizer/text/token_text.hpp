// The characters of keys and tokens, in texts where some of them are escaped. Pure; any thread.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/sanitizer/text/char_set.hpp"

namespace studiosync {

// \n \t \r \" and the end of \x3d, \u003d, %3D: these letters and digits belong to an escape.
bool follows_escape(std::string_view text, std::size_t at) noexcept;

// Whether a token may begin at `at`: not inside a word, but after an escape sequence.
inline bool starts_token(std::string_view text, std::size_t at) noexcept {
  return at == 0 || !chars::alnum.has(text[at - 1]) || follows_escape(text, at);
}

// The character that %XX at `at` stands for, when it is one that tokens have and URLs encode; else
// NUL, which no token has.
char percent_decoded(std::string_view text, std::size_t at) noexcept;

// Bytes of the character of `set` at `at`, which may be percent-encoded (%2B); 0 for others.
inline std::size_t char_bytes(std::string_view text, std::size_t at, const CharSet& set) noexcept {
  if (set.has(text[at])) return 1;
  return text[at] == '%' && set.has(percent_decoded(text, at)) ? 3 : 0;
}

// The end of the characters of `set` from `at` on, at most `count_max` of them.
struct Run {
  std::size_t end = 0;
  std::size_t count = 0;
};
Run read_run(std::string_view text, std::size_t at, const CharSet& set,
             std::size_t count_max) noexcept;

}  // namespace studiosync
