// A text read out of another one: the inside of a literal with its escapes decoded, or several
// literals joined ('AKIA' || '…'). Knows which bytes of the original each of its bytes came from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/sanitizer/hit.hpp"
#include "core/sanitizer/sql/decoded_runs.hpp"
#include "core/sanitizer/sql/sql_lexer.hpp"

namespace studiosync {

class View {
 public:
  // Appends the decoded inside of a text, name or comment token of `original`, or the token itself
  // where it has no inside. Hexadecimal texts and numbers become the bytes that they stand for.
  // `original` is the same for all tokens, and must outlive the view: what has no escapes is not
  // copied.
  void append(std::string_view original, const SqlToken& token);
  // Stands for something unknown between two pieces, as a `?`: 'user=' || name || ' password=x'.
  void append_unknown();
  // Empty again, with its memory kept for the next one.
  void clear() noexcept;

  // Valid until the next change of the view.
  std::string_view text() const noexcept { return borrowed_ ? lent_ : text_; }

  // The hits of the view's text, sorted and disjoint, as hits of the original: one for each
  // contiguous range. Ranges never cut an escape sequence in two. Inside of '…' no replacement
  // brings quotes of its own. Decodes the original once more: most views have no hits.
  void map_back(const Hits& found, Hits& original_hits) const;

 private:
  void own();
  void append_decoded(const DecodedSource& source);

  bool quoted_ = false;          // a quote in the original would end one of the literals
  bool borrowed_ = false;        // all of it is `lent_`, in place in the original
  std::uint32_t lent_from_ = 0;  // where that is
  std::string_view lent_;
  std::string_view original_;
  std::string text_;
  std::vector<DecodedSource> sources_;  // what text_ was made of
};

}  // namespace studiosync
