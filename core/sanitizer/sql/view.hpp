// A text read out of another one: the inside of a literal with its escapes decoded, or several
// literals joined ('AKIA' || '…'). Knows which bytes of the original each of its bytes came from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/sanitizer/hit.hpp"
#include "core/sanitizer/sql/sql_lexer.hpp"

namespace studiosync {

class View {
 public:
  // Appends the decoded inside of a text, name or comment token of `original`.
  void append(std::string_view original, const SqlToken& token);
  // Stands for something unknown between two pieces: 'user=' || name || ' password=x'.
  void append_unknown();

  std::string_view text() const noexcept;

  // The hits of the view's text, as hits of the original: one for each piece they touch. Ranges
  // never cut an escape sequence in two.
  void map_back(const Hits& found, Hits& original_hits) const;

 private:
  // Bytes [view_begin, next piece) come from [begin, begin + …) of the original, one for one, or
  // (decoded escape) all from [begin, begin + source_bytes).
  struct Piece {
    std::uint32_t view_begin = 0;
    std::uint32_t begin = 0;
    std::uint32_t source_bytes = 0;
    bool verbatim = true;
  };

  std::string text_;
  std::vector<Piece> pieces_;
};

}  // namespace studiosync
