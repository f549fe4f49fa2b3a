// The textual layer for SQL: literals in credential position, in statements of PostgreSQL, MySQL,
// MariaDB, SQL Server, Oracle, SQLite, Snowflake, Redshift, ClickHouse, BigQuery (and the calls of
// MongoDB's shell). One pass of tokens a reading; linear time, at most about a byte of memory for
// each of the text. Pure; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/sanitizer/hit.hpp"
#include "core/sanitizer/sql/view.hpp"
#include "core/sanitizer/value/trigger_word.hpp"

namespace studiosync {

// Takes what the SQL rules find. Offsets are those of the text given to find_in_sql.
class SqlSink {
 public:
  virtual ~SqlSink() = default;
  virtual void hit(const Rule& rule, std::size_t begin, std::size_t end, Replace replace) = 0;
  // The inside of a text, of a comment, or texts joined by concatenation: may hold SQL or prose
  // with credentials of its own. Called only when there is something to look at (not for 'abc').
  virtual void inner(const View& view) = 0;
};

// Whether the quotes of a text match in every reading. A guess does no harm but to speed.
enum class Quotes : std::uint8_t { unknown, match };

// Reads `text` as SQL in every reading that differs for it. Returns whether its quotes match.
Quotes find_in_sql(std::string_view text, SqlSink& sink, Quotes expected = Quotes::unknown);

// The same for whoever knows where the trigger words stand (offsets, rising): statements without
// one are only lexed.
Quotes find_in_sql(std::string_view text, std::span<const std::uint32_t> places, SqlSink& sink,
                   Quotes expected = Quotes::unknown);

// Prose in which SQL may stand (chat, comments, code blocks): from each word that can begin a
// statement to that statement's end. Also reads clauses whose surroundings are lost, as in the
// inside of a string: PASSWORD ''abc'', IDENTIFIED BY \'abc\'.
void find_sql_in_prose(std::string_view text, SqlSink& sink);

// Words of which at least one counts in every text that find_in_sql or find_sql_in_prose reports a
// hit in. A text without them is not lexed.
std::span<const TriggerWord> sql_trigger_words();

// All rules of this layer.
std::span<const Rule* const> sql_rules() noexcept;

}  // namespace studiosync
