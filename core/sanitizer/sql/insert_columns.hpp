// The columns of an INSERT, REPLACE, MERGE or COPY, or of a query in WITH or a view, and which of
// the values behind them belong to a credential.
// Bounded: columns beyond the 256th are not known. Values; any thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/sanitizer/sql/nesting.hpp"
#include "core/sanitizer/sql/position.hpp"

namespace studiosync {

class InsertColumns {
 public:
  // A bare word outside of quotes.
  void see_word(Term word, Nesting& nesting) noexcept;
  // A parenthesis, already opened in `nesting`.
  void open(std::string_view text, Nesting& nesting) noexcept;
  // A comma or closing parenthesis, before either changes `nesting`; `last` stands in front of it.
  void end_column(std::string_view text, const SqlToken& last, const Nesting& nesting) noexcept;
  // A closing parenthesis, before it changes `nesting`.
  void close(const Nesting& nesting) noexcept;
  void clear() noexcept { *this = {}; }

  // Whether values at this depth outside of parentheses are those of INSERT … SELECT.
  bool selects_at(std::size_t depth) const noexcept;
  Position position(std::size_t column) const noexcept;

  // A text of the row at hand that is the name of a setting: ('smtp_password', '…').
  void see_value(std::size_t column, std::string_view value) noexcept;

 private:
  enum class State : std::uint8_t {
    idle,
    names_query,  // behind WITH and VIEW: the next list may be one of columns
    awaits_columns,
    in_columns,
    awaits_values,  // another list may come: INSERT INTO FUNCTION s3(…) (columns)
    awaits_body,    // behind WITH name (columns) AS
    rows,
    selects,
    between,  // behind the values of a SELECT, where UNION SELECT may bring more
  };
  enum class Column : std::uint8_t { other, named, doubtful, hinted, setting_name, setting_value };
  static constexpr std::size_t columns_max = 256;

  static Column column_of(std::string_view text, const SqlToken& token) noexcept;
  bool begins_columns(std::string_view text, const Nesting& nesting) const noexcept;
  void begin_values(State state, std::size_t depth) noexcept;

  State state_ = State::idle;
  bool of_copy_ = false;   // options in parentheses follow, no columns
  bool of_query_ = false;  // the columns are those of WITH or a view
  std::size_t depth_ = 0;  // of WITH, of the column list or of the values
  std::array<Column, columns_max> columns_{};
  Position setting_;  // what the row's name of a setting says about its value
};

}  // namespace studiosync
