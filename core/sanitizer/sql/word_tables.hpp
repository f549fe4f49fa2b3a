// Lists of words that the SQL rules share. Pure; any thread.
#pragma once

#include <algorithm>
#include <string_view>

#include "core/sanitizer/sql/term.hpp"
#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {

template <class Table>
bool contains_folded(const Table& table, std::string_view word) noexcept {
  return std::any_of(table.begin(), table.end(),
                     [&](std::string_view entry) { return equals_folded(word, entry); });
}

// `sha256`, `aes-256-gcm`, `bf`, `hex`, `utf-8`: names an algorithm or an encoding, not a key.
bool is_algorithm_name(std::string_view value) noexcept;

// A function whose result stands for what it is given: md5('x'), concat('a', 'b'), cast('x' as y).
// `term` is the function's.
bool is_wrapper(std::string_view function, Term term) noexcept;

bool is_concatenation(Term function) noexcept;

// A data format or the columns of a table function: 'CSV', 'a UInt32, b String'.
bool is_format_or_structure(std::string_view value) noexcept;

// An authentication plugin that asks another system: auth_pam, AWSAuthenticationPlugin.
bool is_external_plugin(std::string_view plugin) noexcept;

// varchar, text, character, not, null, constant …: between a name and what is assigned to it.
bool is_type_word(Term word) noexcept;

}  // namespace studiosync
