#include "core/sanitizer/sql/sql_marks.hpp"

#include <algorithm>
#include <bit>

#include "core/sanitizer/sql/byte_scan.hpp"
#include "core/sanitizer/sql/token_readers.hpp"

namespace studiosync {

namespace {

constexpr std::size_t block_bytes = 16;

constexpr std::string_view mark_bytes = "\\#/[\"'-$\n\xe2";

struct MarkByte {
  static bool stops(char byte) noexcept { return mark_bytes.find(byte) != std::string_view::npos; }
#if defined(__SSE2__)
  static __m128i stops(__m128i bytes) noexcept {
    __m128i found = sse::equals(bytes, mark_bytes[0]);
    for (const char mark : mark_bytes.substr(1)) {
      found = _mm_or_si128(found, sse::equals(bytes, mark));
    }
    return found;
  }
#endif
};

struct FlagMarks {
  bool SqlReading::*flag;
  SqlMarks marks;
};

constexpr FlagMarks flag_marks[] = {
    {&SqlReading::backslash_escapes, sql_mark::backslash},
    {&SqlReading::backslash_names, sql_mark::backslash},
    {&SqlReading::hash_comments, sql_mark::hash},
    {&SqlReading::slash_comments, sql_mark::slashes},
    {&SqlReading::dashes_need_space, sql_mark::dashes},
    {&SqlReading::nested_comments, sql_mark::nested},
    {&SqlReading::bracket_names, sql_mark::bracket},
    {&SqlReading::double_quoted_text, sql_mark::double_quote},
    {&SqlReading::executed_comments, sql_mark::executed},
    {&SqlReading::q_quotes, sql_mark::q_quote},
    {&SqlReading::triple_quotes, sql_mark::bigquery_quote | sql_mark::backslash},
    {&SqlReading::dollar_quotes, sql_mark::dollar},
    {&SqlReading::curly_quotes, sql_mark::curly},
    {&SqlReading::client_lines, sql_mark::client_line},
};

SqlMarks mark_if(bool present, SqlMarks mark) noexcept {
  return present ? mark : SqlMarks{0};
}

char byte_before(std::string_view text, std::size_t at) noexcept {
  return at == 0 ? '\0' : text[at - 1];
}

bool tripled(std::string_view text, std::size_t at) noexcept {
  return byte_at(text, at + 1) == text[at] && byte_at(text, at + 2) == text[at];
}

SqlMarks quote_marks(std::string_view text, std::size_t at) noexcept {
  const bool q = (byte_before(text, at) | 0x20) == 'q';
  return static_cast<SqlMarks>(mark_if(q, sql_mark::q_quote) |
                               mark_if(tripled(text, at), sql_mark::bigquery_quote));
}

SqlMarks double_quote_marks(std::string_view text, std::size_t at) noexcept {
  const int before = byte_before(text, at) | 0x20;
  const bool bigquery = before == 'r' || before == 'b' || tripled(text, at);
  return static_cast<SqlMarks>(sql_mark::double_quote |
                               mark_if(bigquery, sql_mark::bigquery_quote));
}

SqlMarks dash_marks(std::string_view text, std::size_t at) noexcept {
  const bool unspaced = byte_at(text, at + 1) == '-' && !is_space(byte_at(text, at + 2));
  return mark_if(unspaced, sql_mark::dashes);
}

SqlMarks dollar_marks(std::string_view text, std::size_t at) noexcept {
  const char next = byte_at(text, at + 1);
  const bool tag = next == '$' || lead(next) == Lead::word || lead(next) == Lead::high;
  return mark_if(tag, sql_mark::dollar);
}

}  // namespace

SqlMarks marks_between(const SqlReading& left, const SqlReading& right) noexcept {
  SqlMarks marks = 0;
  for (const FlagMarks& entry : flag_marks) {
    if (left.*entry.flag != right.*entry.flag) marks = static_cast<SqlMarks>(marks | entry.marks);
  }
  return marks;
}

SqlMarks SqlMarkScanner::slash_marks(std::size_t at) noexcept {
  if (open_ && at > open_body_ && text_[at - 1] == '*') open_ = false;
  const char next = byte_at(text_, at + 1);
  if (next == '/') return mark_if(byte_before(text_, at) != ':', sql_mark::slashes);
  if (next != '*') return 0;
  const bool nested = open_ && at >= open_body_;
  open_ = true;
  open_body_ = at + 2;
  return static_cast<SqlMarks>(mark_if(nested, sql_mark::nested) |
                               mark_if(executed_opener_bytes(text_, at) != 0, sql_mark::executed));
}

SqlMarks SqlMarkScanner::marks_at(std::size_t at) noexcept {
  switch (text_[at]) {
    case '\\':
      return sql_mark::backslash;
    case '#':
      return sql_mark::hash;
    case '[':
      return mark_if(!is_redaction_mark(text_, at), sql_mark::bracket);
    case '"':
      return double_quote_marks(text_, at);
    case '\'':
      return quote_marks(text_, at);
    case '-':
      return dash_marks(text_, at);
    case '/':
      return slash_marks(at);
    case '$':
      return dollar_marks(text_, at);
    default:
      return sql_mark::curly;
  }
}

// Where the first word of the line stands that begins at `line`.
SqlMarkAt SqlMarkScanner::line_mark(std::size_t line) const noexcept {
  std::size_t at = line;
  while (is_blank(byte_at(text_, at))) ++at;
  return {at, mark_if(begins_client_line(text_, at), sql_mark::client_line)};
}

SqlMarkAt SqlMarkScanner::mark_at(std::size_t at) noexcept {
  return text_[at] == '\n' ? line_mark(at + 1) : SqlMarkAt{at, marks_at(at)};
}

// False at the end of the text.
bool SqlMarkScanner::load_block() noexcept {
  block_ = scan_until(text_, block_end_, MarkByte{});
  block_end_ = std::min(block_ + block_bytes, text_.size());
  candidates_ = 0;
#if defined(__SSE2__)
  if (block_end_ - block_ == block_bytes) {
    const __m128i found = MarkByte::stops(sse::load(text_.data() + block_));
    candidates_ = static_cast<std::uint32_t>(_mm_movemask_epi8(found));
    return true;
  }
#endif
  for (std::size_t at = block_; at < block_end_; ++at) {
    if (MarkByte::stops(text_[at])) candidates_ |= 1U << (at - block_);
  }
  return block_ < text_.size();
}

SqlMarkAt SqlMarkScanner::next() noexcept {
  if (!begun_) {
    begun_ = true;
    const SqlMarkAt first = line_mark(begin_);
    if ((first.marks & wanted_) != 0) return first;
  }
  for (;;) {
    while (candidates_ != 0) {
      const std::size_t at = block_ + static_cast<std::size_t>(std::countr_zero(candidates_));
      candidates_ &= candidates_ - 1;
      const SqlMarkAt mark = mark_at(at);
      if ((mark.marks & wanted_) != 0) return mark;
    }
    if (!load_block()) return {text_.size(), 0};
  }
}

}  // namespace studiosync
