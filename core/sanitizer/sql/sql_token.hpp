// What SQL is made of. Values; any thread.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace studiosync {

// As large as to leave no gap in a token.
enum class SqlTokenKind : std::uint16_t {
  word,  // identifier or keyword, bare; also #temp
  name,  // "…" `…` […] used as identifiers
  text,  // '…' with any prefix (E N U& B X q r b), $tag$…$tag$, '''…''', "…" where it is text
  number,       // 12, 1.5e3, 0x53…
  parameter,    // ? $1 $name :name @name @@name %s %(name)s ${name} #{name} {{name}} {name:Type}
                // &name
  punctuation,  // operators, longest match: ( ) , ; = := => || :: + …
  comment,      // -- … # … // … /* … */ (nested where the reading says so), hints too
  executed,     // the /*!40101 that opens a MySQL conditional comment, and its */: what stands
                // between them is SQL and comes as tokens of its own
  command,      // a psql backslash command at the start of a line or statement, SQL*Plus' REM and
                // PROMPT at the start of a line; to the line's end
  end,
};

// How the inside of a text or name is written.
enum class SqlQuoting : std::uint8_t {
  none,       // neither text nor name
  doubled,    // 'it''s' "a""b" `a``b` [a]]b]
  backslash,  // 'it\'s', with doubled quotes as well (MySQL, BigQuery, ClickHouse, E'…')
  unicode,    // U&'\0061' (doubled quotes, \XXXX and \+XXXXXX)
  verbatim,   // stands for itself: $$…$$, q'[…]', r'…', and whatever has no escape in it
};

struct SqlToken {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  // Texts, names, comments and commands without prefix and delimiters; of others the whole token.
  std::uint32_t body_begin = 0;
  std::uint32_t body_end = 0;
  SqlTokenKind kind = SqlTokenKind::end;
  SqlQuoting quoting = SqlQuoting::none;
  bool closed = true;  // false: the text ends before the token does

  bool operator==(const SqlToken&) const = default;
};

// The small members are written as one word, as they are read when the token is copied: bytes that
// were stored one by one would have to reach the cache first, which takes longer than to lex the
// token.
inline SqlToken token_of(SqlTokenKind kind, SqlQuoting quoting, bool closed,
                         const std::array<std::uint32_t, 4>& offsets) noexcept {
  struct Small {
    SqlTokenKind kind;
    SqlQuoting quoting;
    bool closed;
  };
  const auto small = std::bit_cast<std::uint32_t>(Small{kind, quoting, closed});
  return std::bit_cast<SqlToken>(std::array{offsets[0], offsets[1], offsets[2], offsets[3], small});
}

// A token whose body is all of it.
inline SqlToken plain_token(SqlTokenKind kind, std::size_t begin, std::size_t end) noexcept {
  const auto from = static_cast<std::uint32_t>(begin);
  const auto to = static_cast<std::uint32_t>(end);
  return token_of(kind, SqlQuoting::none, true, {from, to, from, to});
}

}  // namespace studiosync
