// Finds the stretches of a text, of whole statements, that some dialects take apart differently
// from the standard: only these need to be read more than once. Not thread-safe.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "core/sanitizer/sql/copy_data.hpp"
#include "core/sanitizer/sql/reading_followers.hpp"
#include "core/sanitizer/sql/sql_lexer.hpp"
#include "core/sanitizer/sql/sql_reading.hpp"

namespace studiosync {

// Goes along one reading and sees its statements end.
class StatementWalk {
 public:
  StatementWalk() : StatementWalk({}, 0, SqlReading::standard()) {}
  StatementWalk(std::string_view text, std::size_t begin, const SqlReading& reading)
      : text_(text), reading_(&reading), begin_(begin), lexer_(text, reading, begin) {}

  const SqlReading& reading() const noexcept { return *reading_; }
  std::size_t begin() const noexcept { return begin_; }
  const SqlLexer& lexer() const noexcept { return lexer_; }

  // The same text, from another statement on, by another reading.
  StatementWalk read_as(const SqlReading& reading, std::size_t begin) const;

  const SqlToken& next();
  // The token before the last one.
  const SqlToken& before() const noexcept { return tokens_[1 - newest_]; }
  // Whether a statement ends behind the last token.
  bool is_at_end() const noexcept;
  // Whether a statement ends at `end`, or the text. Asked in rising order.
  bool ends_at(std::size_t end);

 private:
  const SqlToken& last() const noexcept { return tokens_[newest_]; }
  void count_open(char sign) noexcept;
  void see_word(std::string_view word) noexcept;
  void end_statement();

  std::string_view text_;
  const SqlReading* reading_;
  std::size_t begin_;
  SqlLexer lexer_;
  std::array<SqlToken, 2> tokens_{};
  std::size_t newest_ = 0;
  CopyData copy_;
  std::size_t open_ = 0;    // parentheses and the like
  bool separates_ = false;  // in parentheses semicolons may stand between arguments
};

// Begins and ends where a statement does, or the text, in the standard reading and in these.
struct SqlStretch {
  std::size_t begin = 0;
  std::size_t end = 0;
  SqlReadings readings;  // each different from the standard one and from the others
};

class SqlStretches {
 public:
  explicit SqlStretches(std::string_view text);

  // Nothing when there are no more. Those of one reading come in rising order and do not overlap.
  // Linear in the text for all of them together.
  std::optional<SqlStretch> next();

 private:
  bool read_statement();
  void part(const SqlLexer& before, SqlMarks near);
  void close(std::size_t end);
  SqlStretch take_closed();

  std::string_view text_;
  Followers followers_;  // in step with the leader
  NearMarks marks_;
  StatementWalk leader_;
  SqlToken last_;
  std::size_t statement_ = 0;                          // where the leader's statement begins
  std::array<StatementWalk, sql_readings_max> apart_;  // those that have ended come first
  std::size_t apart_size_ = 0;
  std::size_t closed_size_ = 0;
};

}  // namespace studiosync
