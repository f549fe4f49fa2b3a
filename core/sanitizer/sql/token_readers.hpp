// The lexer's hands: each reads the one kind of token that begins at `begin`, and never fails.
// Offsets are inside of the text, so that every token holds at least one byte.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/sanitizer/sql/sql_lexer.hpp"

namespace studiosync {

// A body of its own between delimiters; `closer_bytes` is 0 where the text ends first.
struct Enclosed {
  SqlTokenKind kind = SqlTokenKind::text;
  SqlQuoting quoting = SqlQuoting::none;
  std::size_t begin = 0;
  std::size_t body_begin = 0;
  std::size_t body_end = 0;
  std::size_t closer_bytes = 0;
  bool closed = true;
};
SqlToken enclosed_token(const Enclosed& parts) noexcept;

// '…', "…", `…` whose quote stands at `quote`; a prefix, if any, begins at `begin`.
SqlToken read_quoted(std::string_view text, std::size_t begin, std::size_t quote,
                     const SqlReading& reading) noexcept;
// [a]]b]
SqlToken read_bracketed(std::string_view text, std::size_t begin) noexcept;
// Whether the bracket begins a mark that redaction left, which every reading takes for a name: as
// subscript of an array it would make the readings of what is redacted part.
bool is_redaction_mark(std::string_view text, std::size_t bracket) noexcept;
// ‘…’ and “…”; an `end` token where none of the two begins.
SqlToken read_curly_quoted(std::string_view text, std::size_t begin) noexcept;
// $tag$…$tag$; an `end` token where none begins.
SqlToken read_dollar_quoted(std::string_view text, std::size_t begin) noexcept;

// Whether the word [begin, quote) is a prefix of the quote after it: E N B X R RB BR, U& Q NQ.
bool is_text_prefix(std::string_view text, std::size_t begin, std::size_t quote,
                    const SqlReading& reading) noexcept;

// A line comment whose opener takes `opener_bytes`, to the line's end; also the commands of
// clients.
SqlToken read_line(SqlTokenKind kind, std::string_view text, std::size_t begin,
                   std::size_t opener_bytes) noexcept;
// Whether the word at `begin` is SQL*Plus' REM or PROMPT at the start of a line.
bool begins_client_line(std::string_view text, std::size_t begin) noexcept;
// Whether nothing but blanks stands between `at` and one of `boundaries` or the text's begin.
bool stands_after(std::string_view text, std::size_t at, std::string_view boundaries) noexcept;
SqlToken read_block_comment(std::string_view text, std::size_t begin, bool nested) noexcept;
// Bytes of the /*!40101 or /*M!100100 at `begin`; 0 where none begins.
std::size_t executed_opener_bytes(std::string_view text, std::size_t begin) noexcept;

// A word that meets a byte which only sometimes continues it: # @ and characters beyond ASCII.
std::size_t odd_word_end(std::string_view text, std::size_t at, const SqlReading& reading) noexcept;
// Bytes of the white space beyond ASCII at `at` (no-break space, byte order mark, …), or 0.
std::size_t wide_space_bytes(std::string_view text, std::size_t at) noexcept;

std::size_t number_end(std::string_view text, std::size_t begin) noexcept;
// A parameter, or the operator that begins with its sigil.
SqlToken read_sigil(std::string_view text, std::size_t begin) noexcept;
// {{name}} and {name:Type}; otherwise the brace.
SqlToken read_brace(std::string_view text, std::size_t begin) noexcept;
std::size_t operator_bytes(std::string_view text, std::size_t begin) noexcept;

}  // namespace studiosync
