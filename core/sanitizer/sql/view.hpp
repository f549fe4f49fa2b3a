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
  // Appends the decoded inside of a text, name or comment token of `original`, or the token itself
  // where it has no inside. Hexadecimal texts and numbers become the bytes that they stand for.
  // `original` must outlive the view: what has no escapes is not copied.
  void append(std::string_view original, const SqlToken& token);
  // Stands for something unknown between two pieces, as a `?`: 'user=' || name || ' password=x'.
  void append_unknown();
  // Empty again, with its memory kept for the next one.
  void clear() noexcept;

  // Valid until the next change of the view.
  std::string_view text() const noexcept { return borrowed_ ? lent_ : text_; }

  // The hits of the view's text, as hits of the original: one for each contiguous range. Ranges
  // never cut an escape sequence in two. Inside of '…' no replacement brings quotes of its own.
  void map_back(const Hits& found, Hits& original_hits) const;

 private:
  // A run of equal steps: each `source_step` bytes of the original, from `source` on, gave
  // `view_step` bytes of the view. 1 and 1: as written; 2 and 1: ''; 0 and 1: unknown.
  struct Piece {
    std::uint32_t view = 0;
    std::uint32_t source = 0;
    std::uint8_t source_step = 1;
    std::uint8_t view_step = 1;
  };

  struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  void own();
  void append_piece(const Piece& piece);
  void append_verbatim(std::string_view original, std::size_t begin, std::size_t end);
  void append_escape(std::size_t begin, std::size_t source_bytes, std::string_view decoded);
  void append_escaped(std::string_view original, const SqlToken& token);
  void append_hex(std::string_view original, std::size_t begin, std::size_t end);
  void map_back(const Hit& hit, Hits& original_hits) const;
  Range source_of(std::vector<Piece>::const_iterator piece, const Hit& hit) const;

  bool quoted_ = false;          // a quote in the original would end one of the literals
  bool borrowed_ = false;        // all of it is `lent_`, in place in the original
  std::uint32_t lent_from_ = 0;  // where that is
  std::string_view lent_;
  std::string text_;
  std::vector<Piece> pieces_;
};

}  // namespace studiosync
