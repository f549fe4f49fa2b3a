// The validator's own idea of which values are no credentials: placeholders, words, references. It
// is generous, for what is refused here is refused for good. Pure; any thread.
#pragma once

#include <string_view>

namespace studiosync::validator {

// Whether nobody can log in with `value`: <password>, ${VAR}, :pw, ?, %s, {{x}}, xxxx, [REDACTED],
// your-key, NULL, an empty text, … Linear.
bool is_stand_in(std::string_view value) noexcept;

// Whether `value` looks like a chosen or generated password rather than a word, a label, a column,
// a path or a rule of a form. Never true for a stand-in.
bool looks_chosen(std::string_view value) noexcept;

// Letters and digits in a length that keys have (`bytes_min`), without blanks.
bool looks_generated(std::string_view value, std::size_t bytes_min) noexcept;

// Whether `value` shows that many different bytes; what is typed to fill a place shows few.
bool is_varied(std::string_view value, int distinct_min) noexcept;

}  // namespace studiosync::validator
