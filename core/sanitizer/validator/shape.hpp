// A tiny notation for the formats of tokens: literal text, and runs of a class of bytes in braces.
//
//   ghp_{a36}            36 letters and digits
//   glpat-{w20,64}       20 to 64 of [A-Za-z0-9_-]
//
// Classes: d digits, h hexadecimal in lower case, H in any case, u A-Z 0-9, l a-z 0-9, a letters
// and digits, w base64url, b base64 and =, t [A-Za-z0-9_.~-]; for the ends of words q blanks,
// quotes, = : ] \\, s _ and -, e / and \\. A run takes all that it can get and gives nothing back:
// matching is one pass. Pure; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace studiosync::validator {

// Whether a token of this shape stands at `at`, neither continuing what stands before it nor
// continued behind, and its runs hold something that may be random.
bool has_shape(std::string_view text, std::size_t at, std::string_view shape) noexcept;

// A token of this shape, always the same.
std::string sample_of(std::string_view shape);

// One place of a shape, as far as shapes have fixed places: `accepts` says which bytes may stand
// there.
struct Cell {
  char literal = '\0';
  char run_class = '\0';  // where it is no literal

  bool accepts(char c) const noexcept;
};

// The cell at `index`. Runs in front of it must be of fixed length.
Cell cell_of(std::string_view shape, std::size_t index) noexcept;

}  // namespace studiosync::validator
