// Finds, without lexing, the places where two readings of a text can part: its backslashes,
// brackets, # and so on, wherever they stand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/sanitizer/sql/sql_reading.hpp"

namespace studiosync {

// A set of the marks below.
using SqlMarks = std::uint16_t;

namespace sql_mark {
inline constexpr SqlMarks backslash = 1U << 0U;
inline constexpr SqlMarks hash = 1U << 1U;
inline constexpr SqlMarks slashes = 1U << 2U;         // //
inline constexpr SqlMarks dashes = 1U << 3U;          // -- and no space
inline constexpr SqlMarks nested = 1U << 4U;          // /* after /* without */ between
inline constexpr SqlMarks bracket = 1U << 5U;         // [
inline constexpr SqlMarks double_quote = 1U << 6U;    // "
inline constexpr SqlMarks executed = 1U << 7U;        // /*!
inline constexpr SqlMarks q_quote = 1U << 8U;         // q'
inline constexpr SqlMarks bigquery_quote = 1U << 9U;  // ''' """ r" b"
inline constexpr SqlMarks dollar = 1U << 10U;         // $$ $tag
inline constexpr SqlMarks client_line = 1U << 12U;    // REM
inline constexpr SqlMarks curly = 1U << 11U;          // ‘ “
}  // namespace sql_mark

// A text without these marks is read alike by both.
SqlMarks marks_between(const SqlReading& left, const SqlReading& right) noexcept;

struct SqlMarkAt {
  std::size_t at = 0;
  SqlMarks marks = 0;
};

class SqlMarkScanner {
 public:
  // A token that begins or ends this near to a mark may be read differently for it.
  static constexpr std::size_t reach = 4;

  SqlMarkScanner(std::string_view text, std::size_t begin, SqlMarks wanted) noexcept
      : text_(text), wanted_(wanted), begin_(begin), block_end_(begin) {}

  // The next of the wanted marks, in rising order; at text.size() after the last one.
  SqlMarkAt next() noexcept;

 private:
  SqlMarks marks_at(std::size_t at) noexcept;
  SqlMarks slash_marks(std::size_t at) noexcept;
  SqlMarkAt mark_at(std::size_t at) noexcept;
  SqlMarkAt line_mark(std::size_t line) const noexcept;
  bool load_block() noexcept;

  std::string_view text_;
  SqlMarks wanted_;
  std::size_t begin_;
  std::size_t block_ = 0;  // where the block in work begins
  std::size_t block_end_;
  std::uint32_t candidates_ = 0;  // bits of that block's bytes that may be marks
  bool begun_ = false;
  bool open_ = false;  // a /* stands before, and no */ since
  std::size_t open_body_ = 0;
};

}  // namespace studiosync
