// The words that begin statements. Pure; any thread.
#pragma once

#include <string_view>

#include "core/sanitizer/sql/position.hpp"
#include "core/sanitizer/sql/term.hpp"

namespace studiosync {

// What the statement does from this word on, whose term is given; `verb` when the word says nothing
// about it.
Verb verb_after(std::string_view word, Term term, Verb verb) noexcept;

// How surely a word begins a statement in prose.
enum class Opening : std::uint8_t {
  none,
  weak,  // an ordinary word as well: only in capitals or at the start of a line
  strong,
};
Opening opening_of(std::string_view word) noexcept;

}  // namespace studiosync
