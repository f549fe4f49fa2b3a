// The points on which SQL dialects read the same bytes differently. Values; any thread.
#pragma once

#include <cstddef>

namespace studiosync {

struct SqlReading {
  bool backslash_escapes = false;   // 'it\'s' is one text
  bool backslash_names = false;     // `a\`b` and "a\"b" are one name
  bool hash_comments = false;       // elsewhere # is an operator or part of a name
  bool slash_comments = false;      // // to the end of the line
  bool dashes_need_space = false;   // 5--1 is a difference, not a comment
  bool nested_comments = false;     // /* /* */ */ is one comment
  bool bracket_names = false;       // elsewhere [1] is a subscript
  bool double_quoted_text = false;  // elsewhere "…" is a name
  bool executed_comments = false;   // the inside of /*! … */ is SQL
  bool q_quotes = false;            // q'[…]'
  bool triple_quotes = false;  // '''…''' and """…""", and r'…' that keeps its backslashes
  bool dollar_quotes = false;  // $$…$$ and $tag$…$tag$
  bool curly_quotes = false;   // ‘…’ is a text, “…” a name
  bool client_lines = false;   // REM and PROMPT take the rest of the line

  bool operator==(const SqlReading&) const = default;

  static const SqlReading& standard() noexcept;  // PostgreSQL, Redshift
  static const SqlReading& mysql() noexcept;     // also MariaDB
  static const SqlReading& sql_server() noexcept;
  static const SqlReading& oracle() noexcept;
  static const SqlReading& sqlite() noexcept;
  static const SqlReading& snowflake() noexcept;
  static const SqlReading& clickhouse() noexcept;
  static const SqlReading& bigquery() noexcept;
};

inline constexpr std::size_t sql_readings_max = 8;

}  // namespace studiosync
