// The rows behind COPY table (columns) FROM stdin, one a line up to `\.`: they are no SQL.
// Pure; any thread.
#pragma once

#include <cstddef>
#include <string_view>

#include "core/sanitizer/sql/insert_columns.hpp"
#include "core/sanitizer/sql/sql_rules.hpp"

namespace studiosync {

// Finds the ends of data. Values; looks at every byte once, however many COPY stand there.
class CopyData {
 public:
  // A bare word of a statement, with the word before it.
  void see_word(Term word, Term before) noexcept;
  void end_statement() noexcept { reads_stdin_ = csv_ = false; }

  // Whether data follows the statement that ends at `at`; then `end` is where SQL goes on.
  struct Rows {
    std::size_t begin = 0;
    std::size_t end = 0;  // 0: there are none
  };
  Rows rows_behind(std::string_view text, std::size_t at) noexcept;

  // The values of those columns that are credentials.
  void find(std::string_view text, const Rows& rows, const InsertColumns& columns,
            SqlSink& sink) const;

 private:
  bool reads_stdin_ = false;
  bool csv_ = false;
  std::size_t no_end_from_ = std::string_view::npos;  // no `\.` stands in the text from there on
};

}  // namespace studiosync
