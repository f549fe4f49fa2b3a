// Whether text is canonical already: for what was written by us and comes back, which then need
// not become a tree to be made canonical again.
#pragma once

#include <cstddef>
#include <string_view>

namespace studiosync {

// Nesting that is looked into; deeper values are a parser's business.
inline constexpr int canonical_depth_max = 32;

// The length of the canonical JSON value (RFC 8785) at the front of valid UTF-8; what follows it is
// not looked at. 0 where there is none, and for what only a parser can tell: escaped keys, numbers
// of more than 15 digits, with an exponent or below 0.1, and deep nesting.
// canonical(parse(v)) == v for every value v that is found.
std::size_t canonical_length(std::string_view text) noexcept;

}  // namespace studiosync
