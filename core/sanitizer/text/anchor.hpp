// The text rules hang on anchors: short literals that every match contains. One matcher finds the
// anchors of all rules in a single pass; the rule's recognizer then looks at the text around it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/sanitizer/hit.hpp"

namespace studiosync {

// What kind of text is looked at.
enum class TextKind : std::uint8_t {
  prose,  // chat, settings, files, the inside of SQL strings and comments: all rules
  code,   // SQL outside of literals: no rule that takes a bare word for a value, for
          // `password = new_password` compares two columns there
};

// Where words of SQL credential clauses stand, and what only literals give a meaning to.
class SqlPlaces {
 public:
  void note(std::size_t at) {
    if (places_.size() == places_max) everywhere_ = true;
    if (!everywhere_) places_.push_back(static_cast<std::uint32_t>(at));
  }
  bool empty() const noexcept { return places_.empty(); }
  // So many that they are not worth keeping.
  bool are_everywhere() const noexcept { return everywhere_; }
  std::span<const std::uint32_t> offsets() const noexcept { return places_; }  // rising

 private:
  static constexpr std::size_t places_max = 4096;
  std::vector<std::uint32_t> places_;
  bool everywhere_ = false;
};

// The text under examination; what its recognizers find is appended to `hits`.
struct TextScan {
  std::string_view text;
  TextKind kind = TextKind::prose;
  Hits& hits;
  SqlPlaces sql_places{};
  bool has_escaped_letters = false;

  // Recognizers that read far ahead remember how far they got, so that a text full of anchors is
  // still read once: a recognizer returns at once when `at` is below the mark of its family.
  std::size_t word_end = 0;
  std::size_t header_end = 0;
  std::size_t table_end = 0;
  std::size_t line_end = 0;
  // Where the last value without quotes was read, and how many begin in one another with nothing to
  // end them: token=token=token=…
  std::size_t bare_at = 0;
  int bare_nested = 0;
  // The token looked at last: other formats may begin where it begins, none inside of it.
  std::size_t token_begin = 0;
  std::size_t token_end = 0;
  std::size_t pair_end = 0;  // the last window in which the other half of a key pair was sought

  bool inside_token(std::size_t at) const noexcept { return at < token_end && at != token_begin; }
};

// Called with the offset of the anchor's first byte, in rising order of offsets. Reads at most a
// bounded window around it, or moves a mark of TextScan: the whole pass is linear.
using Recognizer = void (*)(TextScan& scan, std::size_t at);

struct Anchor {
  std::string_view literal;  // at least 2 bytes; letters match in any case
  Recognizer recognize = nullptr;
  // Whether it is looked at in TextKind::code as well. If not, it tells there that literals and
  // comments must be looked into: it notes TextScan::sql_places.
  bool in_code = true;
  // Whether it counts only where a word may begin: at no letter or digit, but after an escape.
  bool begins_word = false;
  // Whether it counts only where a word may end: `pass`, but not `passed`.
  bool ends_word = false;
};

}  // namespace studiosync
