#include "core/sanitizer/sql/copy_data.hpp"

#include <algorithm>

#include "core/sanitizer/sql/value_filter.hpp"
#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {
namespace {

void find_in_row(std::string_view text, std::size_t begin, std::size_t end, char separator,
                 const InsertColumns& columns, SqlSink& sink) {
  for (std::size_t column = 0; begin <= end; ++column) {
    const std::size_t field_end = std::min(text.find(separator, begin), end);
    const std::string_view value = text.substr(begin, field_end - begin);
    const Position position = columns.position(column);
    // \N stands for NULL.
    if (position && value != "\\N" && is_credential(value, position)) {
      sink.hit(*position.rule, begin, field_end, Replace::body);
    }
    begin = field_end + 1;
  }
}

}  // namespace

void CopyData::see_word(Term word, Term before) noexcept {
  if (word == "stdin") reads_stdin_ = before == "from";
  if (reads_stdin_ && word == "csv") csv_ = true;
}

CopyData::Rows CopyData::rows_behind(std::string_view text, std::size_t at) noexcept {
  if (!reads_stdin_ || at >= no_end_from_) return {};
  while (at < text.size() && is_space(text[at]) && text[at] != '\n') ++at;
  if (at >= text.size() || text[at] != '\n') return {};
  const std::size_t end = text.find("\n\\.", at);
  if (end == std::string_view::npos) {
    no_end_from_ = at;
    return {};
  }
  return {at + 1, end + 3};
}

void CopyData::find(std::string_view text, const Rows& rows, const InsertColumns& columns,
                    SqlSink& sink) const {
  const std::size_t data_end = rows.end - 3;
  for (std::size_t at = rows.begin; at < data_end;) {
    std::size_t end = std::min(text.find('\n', at), data_end);
    const std::size_t next = end + 1;
    if (end > at && text[end - 1] == '\r') --end;
    find_in_row(text, at, end, csv_ ? ',' : '\t', columns, sink);
    at = next;
  }
}

}  // namespace studiosync
