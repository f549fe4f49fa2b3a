// A text as JSON writes it: for whoever puts an object together out of values that are text
// already, or takes one apart.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace studiosync {

// Appends it quoted, with the escapes of RFC 8785 section 3.2.2.2.
void write_text(std::string_view text, std::string& out);

// Where the first quote, backslash or control character stands at or after `from`; not below the
// text's size when there is none.
std::size_t find_escaped(std::string_view text, std::size_t from) noexcept;

}  // namespace studiosync
