// The textual layer as a whole: SQL rules and text rules over one text, with the inside of strings
// and comments, to a bounded depth. Pure; any thread; linear time, constant memory beside the hits.
#pragma once

#include <string>
#include <string_view>

#include "core/sanitizer/hit.hpp"

namespace studiosync {

enum class TextAs : std::uint8_t {
  sql,   // a query
  text,  // chat, descriptions, settings, files; SQL inside of it is found all the same
};

// Credentials in `text`: sorted, not overlapping, not touching a placeholder.
Hits scan(std::string_view text, TextAs as);

// `text` with each hit replaced; everything else byte for byte. `hits` come from scan.
std::string redact(std::string_view text, const Hits& hits);

}  // namespace studiosync
