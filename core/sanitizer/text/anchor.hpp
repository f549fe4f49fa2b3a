// The text rules hang on anchors: short literals that every match contains. One matcher finds the
// anchors of all rules in a single pass; the rule's recognizer then looks at the text around it.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/sanitizer/hit.hpp"

namespace studiosync {

// What kind of text is looked at.
enum class TextKind : std::uint8_t {
  prose,  // chat, settings, files, the inside of SQL strings and comments: all rules
  code,   // SQL outside of literals: no rule that takes a bare word for a value, for
          // `password = new_password` compares two columns there
};

// The text under examination; what its recognizers find is appended to `hits`.
struct TextScan {
  std::string_view text;
  TextKind kind = TextKind::prose;
  Hits& hits;
  bool sql_words = false;  // words of SQL credential clauses stand in the text

  // Recognizers that read far ahead remember how far they got, so that a text full of anchors is
  // still read once: a recognizer returns at once when `at` is below the mark of its family.
  std::size_t uri_end = 0;
  std::size_t word_end = 0;
  std::size_t settings_end = 0;
};

// Called with the offset of the anchor's first byte, in rising order of offsets. Reads at most a
// bounded window around it, or moves a mark of TextScan: the whole pass is linear.
using Recognizer = void (*)(TextScan& scan, std::size_t at);

struct Anchor {
  std::string_view literal;  // at least 3 bytes; letters in lower case, matched in any case
  Recognizer recognize = nullptr;
  bool in_code = true;  // whether it is looked at in TextKind::code as well
};

}  // namespace studiosync
