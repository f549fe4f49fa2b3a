// Puts [REDACTED] where the scan found credentials. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/sanitizer/hit.hpp"
#include "core/sanitizer/scan.hpp"

namespace studiosync {

// Sorts, and makes one hit of those that overlap (two readings, two rules); the first one's rule
// stays.
void join_hits(Hits& hits);

// `text` with each hit replaced; everything else byte for byte. `hits` are sorted and disjoint, as
// scan returns them.
std::string redact(std::string_view text, const Hits& hits);

// The rule of a text that is withheld as a whole.
const Rule& withheld_rule() noexcept;

// A text that may leave, and what was taken out of it.
struct Cleaned {
  std::string text;
  Hits hits;  // of the text as it was
};

// Scans and redacts until a scan finds nothing more: a replacement can bring a text into another
// reading. A text that will not come to rest, or that the validator would refuse for good, is
// withheld as a whole: the last resort. Nothing when the text is clean.
std::optional<Cleaned> clean_text(std::string_view text, TextAs as);

}  // namespace studiosync
