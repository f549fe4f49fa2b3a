// A quoted value inside of quotes: ''it''''s'', \'abc\', \\\"abc\\\". Pure; any thread.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace studiosync {

struct NestedQuote {
  std::size_t body_begin = 0;
  std::size_t body_end = 0;
  bool closed = true;   // false: it ends with the line
  bool nested = false;  // the quotes are doubled or escaped
};

// The value whose opening quotes stand at `at`; nothing when there are none, or it is empty.
std::optional<NestedQuote> read_nested_quote(std::string_view text, std::size_t at) noexcept;

}  // namespace studiosync
