// The escape sequences of SQL's texts. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/sanitizer/sql/sql_lexer.hpp"

namespace studiosync {

// One escape sequence: `source_bytes` of the text stand for `size` bytes.
struct Escape {
  std::size_t source_bytes = 0;
  std::array<char, 4> bytes{};
  std::size_t size = 0;

  std::string_view decoded() const noexcept { return {bytes.data(), size}; }
};

// `\…` at the begin of `rest`, as E'…' of PostgreSQL, MySQL, ClickHouse and BigQuery have it
// between them; \ before any other byte is that byte.
Escape read_backslash_escape(std::string_view rest) noexcept;

// `\XXXX` or `\+XXXXXX` at the begin of `rest`, a surrogate pair as one; `source_bytes` is 0 where
// none is.
Escape read_unicode_escape(std::string_view rest) noexcept;

// What delimits a text or name and is doubled inside of it; NUL where nothing is.
char doubled_quote(std::string_view original, const SqlToken& token) noexcept;

// Where the digits of X'…' and 0x… stand in `original`; empty for other tokens.
struct HexDigits {
  std::size_t begin = 0;
  std::size_t end = 0;
};
HexDigits hex_digits(std::string_view original, const SqlToken& token) noexcept;

// -1 where `digit` is none.
int hex_value(char digit) noexcept;

}  // namespace studiosync
