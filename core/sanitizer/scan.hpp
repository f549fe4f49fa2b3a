// The textual layer as a whole: SQL rules and text rules over one text, with the inside of strings
// and comments, to a bounded depth. Pure; any thread; linear time, memory at most of the text's
// size beside the hits.
#pragma once

#include <string_view>

#include "core/sanitizer/hit.hpp"
#include "core/sanitizer/sql/sql_rules.hpp"

namespace studiosync {

enum class TextAs : std::uint8_t {
  sql,   // a query
  text,  // chat, descriptions, settings, files; SQL inside of it is found all the same
};

struct Scanned {
  Hits hits;                // sorted and not overlapping
  bool is_suspect = false;  // words of the rules stand there, whether or not a credential does
  Quotes quotes = Quotes::unknown;
};
// A text whose quotes match, as they did before something in it was redacted, takes less memory.
Scanned scan_all(std::string_view text, TextAs as, Quotes expected = Quotes::unknown);

// Credentials in `text` (at most scan_bytes_max): sorted and not overlapping. A text that was
// redacted has none.
Hits scan(std::string_view text, TextAs as);

}  // namespace studiosync
