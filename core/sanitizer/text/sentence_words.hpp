// The words that join a credential to its name in a sentence, in a dozen languages. Pure; any
// thread.
#pragma once

#include <cstdint>
#include <string_view>

namespace studiosync {

enum class WordKind : std::uint8_t {
  other,
  link,         // is, lautet: the value follows
  to,           // to, auf: the value follows when something was changed; else a place or a person
  verb,         // changed, reset
  filler,       // now, the new: the value may still follow
  preposition,  // for, of: a place or a person follows
};

// The kind of a word without the signs around it, in any case of ASCII letters.
WordKind kind_of_word(std::string_view word) noexcept;

}  // namespace studiosync
