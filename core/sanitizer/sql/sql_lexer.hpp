// Takes SQL apart into tokens, without a dialect's name: the readings below differ where dialects
// do. Never fails, never allocates; every byte belongs to one token or to white space between two.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace studiosync {

enum class SqlTokenKind : std::uint8_t {
  word,         // identifier or keyword, bare
  name,         // "…" `…` […] used as identifiers
  text,         // '…' with any prefix (E N U& B X q r b), $tag$…$tag$, '''…''', "…" where it is text
  number,       // 12, 1.5e3, 0x53…
  parameter,    // ? $1 :name @name @@name %s %(name)s ${name} {{name}}
  punctuation,  // operators, longest match: ( ) , ; = := => || :: + …
  comment,      // -- … # … /* … */ (nested where the reading says so), hints too
  executed,     // the /*!40101 that opens a MySQL conditional comment, and its */: what stands
                // between them is SQL and comes as tokens of its own
  command,      // a psql backslash command or a sqlplus/mysql client line up to the line's end
  end,
};

// How the inside of a text or name is written.
enum class SqlQuoting : std::uint8_t {
  none,
  doubled,    // 'it''s' "a""b" `a``b` [a]]b]
  backslash,  // 'it\'s' and doubled quotes as well (MySQL, BigQuery, ClickHouse, E'…')
  unicode,    // U&'\0061' (doubled quotes, \XXXX and \+XXXXXX)
  verbatim,   // $$…$$, q'[…]', r'…': ends at its delimiter, no escapes
};

struct SqlToken {
  SqlTokenKind kind = SqlTokenKind::end;
  SqlQuoting quoting = SqlQuoting::none;
  bool closed = true;  // false: the text ends before the token does
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t body_begin = 0;  // texts, names, comments: without prefix and delimiters
  std::uint32_t body_end = 0;
};

// The points on which dialects read the same bytes differently.
struct SqlReading {
  bool backslash_escapes = false;    // MySQL, MariaDB, BigQuery, ClickHouse, Snowflake
  bool hash_comments = false;        // MySQL, BigQuery; elsewhere # is an operator or #temp
  bool nested_comments = true;       // PostgreSQL, SQL Server; not MySQL, Oracle, SQLite
  bool bracket_names = false;        // SQL Server, SQLite; elsewhere [1] is a subscript
  bool double_quoted_text = false;   // MySQL, BigQuery; elsewhere "…" is a name
  bool executed_comments = false;    // MySQL's /*! … */
  bool q_quotes = false;             // Oracle's q'[…]'
  bool triple_quotes = false;        // BigQuery's '''…''' and """…"""

  static SqlReading standard();   // PostgreSQL, Redshift, SQLite: nested comments, dollar quotes
  static SqlReading mysql();      // also MariaDB, ClickHouse, Snowflake
  static SqlReading sql_server();
  static SqlReading oracle();
  static SqlReading bigquery();
};

class SqlLexer {
 public:
  SqlLexer(std::string_view text, const SqlReading& reading) : text_(text), reading_(reading) {}

  // The next token; kind `end` at the end, again and again.
  SqlToken next();

 private:
  std::string_view text_;
  SqlReading reading_;
  std::size_t at_ = 0;
};

// Whether the two readings can take `text` apart differently; false negatives are not allowed,
// false positives cost time. Linear, fast: most SQL has one reading.
bool may_differ(std::string_view text, const SqlReading& left, const SqlReading& right);

}  // namespace studiosync
