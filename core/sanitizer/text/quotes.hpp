// Quotes as they are written where a value stands: '…' "…" `…`, typographic ones, doubled or
// escaped because the text is itself part of a string (''x'', \"x\"), or encoded (&quot; %22).
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"

namespace studiosync {

// What stands between two quotes.
struct Quoted {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t after = 0;  // behind the closing quote
  bool closed = true;     // false: the line or the window ends first
};

// Longer values than this are not followed to their end.
inline constexpr std::size_t quoted_bytes_max = 2048;

// The bytes of the quote at `at`, opening or closing, with its backslashes; 0 when there is none.
std::size_t quote_bytes_at(std::string_view text, std::size_t at) noexcept;
// Asked at nearly every byte behind a name: most bytes begin no quote.
inline std::size_t quote_bytes(std::string_view text, std::size_t at) noexcept {
  if (at >= text.size()) return 0;
  const bool may_be_quote = "\"'`\\&%"_bytes.has(text[at]) || is_beyond_ascii(text[at]);
  return may_be_quote ? quote_bytes_at(text, at) : 0;
}

// The quoted value that opens at `at`; nothing when no quote stands there.
std::optional<Quoted> read_quoted(std::string_view text, std::size_t at) noexcept;

}  // namespace studiosync
