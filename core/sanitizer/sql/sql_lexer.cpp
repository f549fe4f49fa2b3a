#include "core/sanitizer/sql/sql_lexer.hpp"

#include "core/sanitizer/sql/byte_scan.hpp"
#include "core/sanitizer/sql/token_readers.hpp"

namespace studiosync {

namespace {

SqlToken read_word(std::string_view text, std::size_t begin, const SqlReading& reading) noexcept {
  std::size_t end = word_end(text, begin);
  if (end < text.size()) {
    const Lead next = lead(text[end]);
    if (next == Lead::joiner || next == Lead::high) {
      end = odd_word_end(text, end, reading);
    }
    const bool unicode = byte_at(text, end) == '&' && byte_at(text, end + 1) == '\'';
    const std::size_t quote = unicode ? end + 1 : end;
    const char mark = byte_at(text, quote);
    if ((mark == '\'' || mark == '"') && is_text_prefix(text, begin, quote, reading)) {
      return read_quoted(text, begin, quote, reading);
    }
  }
  return plain_token(SqlTokenKind::word, begin, end);
}

SqlToken read_backslash(std::string_view text, std::size_t begin) noexcept {
  const char command = byte_at(text, begin + 1);
  const bool named = lead(command) == Lead::word || command == '!' || command == '?';
  if (named && stands_after(text, begin, "\n;")) {
    return read_line(SqlTokenKind::command, text, begin, 1);
  }
  return plain_token(SqlTokenKind::punctuation, begin, begin + 1);
}

SqlToken read_minus(std::string_view text, std::size_t begin, const SqlReading& reading) noexcept {
  const bool comment = byte_at(text, begin + 1) == '-' &&
                       (!reading.dashes_need_space || is_space(byte_at(text, begin + 2)));
  if (comment) return read_line(SqlTokenKind::comment, text, begin, 2);
  return plain_token(SqlTokenKind::punctuation, begin, begin + operator_bytes(text, begin));
}

// The slashes of file:///tmp/a and s3://bucket begin no comment.
bool begins_slash_comment(std::string_view text, std::size_t begin) noexcept {
  return byte_at(text, begin + 1) == '/' && (begin == 0 || text[begin - 1] != ':');
}

SqlToken read_slash(std::string_view text, std::size_t begin, const SqlReading& reading,
                    bool& executed) noexcept {
  if (byte_at(text, begin + 1) == '*') {
    const std::size_t opener = reading.executed_comments ? executed_opener_bytes(text, begin) : 0;
    if (opener != 0) {
      executed = true;
      return plain_token(SqlTokenKind::executed, begin, begin + opener);
    }
    return read_block_comment(text, begin, reading.nested_comments);
  }
  if (reading.slash_comments && begins_slash_comment(text, begin)) {
    return read_line(SqlTokenKind::comment, text, begin, 2);
  }
  return plain_token(SqlTokenKind::punctuation, begin, begin + 1);
}

SqlToken read_symbol(std::string_view text, std::size_t begin, const SqlReading& reading) noexcept {
  if (text[begin] == '#' && reading.hash_comments) {
    return read_line(SqlTokenKind::comment, text, begin, 1);
  }
  if (text[begin] == '$' && reading.dollar_quotes) {
    const SqlToken quoted = read_dollar_quoted(text, begin);
    if (quoted.kind != SqlTokenKind::end) return quoted;
  }
  return read_sigil(text, begin);
}

SqlToken read_operator(std::string_view text, std::size_t begin, bool& executed) noexcept {
  if (text[begin] == '.' && is_digit(byte_at(text, begin + 1))) {
    return plain_token(SqlTokenKind::number, begin, number_end(text, begin));
  }
  if (executed && text[begin] == '*' && byte_at(text, begin + 1) == '/') {
    executed = false;
    return plain_token(SqlTokenKind::executed, begin, begin + 2);
  }
  return plain_token(SqlTokenKind::punctuation, begin, begin + operator_bytes(text, begin));
}

SqlToken read_high(std::string_view text, std::size_t begin, const SqlReading& reading) noexcept {
  if (reading.curly_quotes) {
    const SqlToken quoted = read_curly_quoted(text, begin);
    if (quoted.kind != SqlTokenKind::end) return quoted;
  }
  return read_word(text, begin, reading);
}

inline SqlToken read_token(std::string_view text, std::size_t begin, const SqlReading& reading,
                           bool& executed) noexcept {
  switch (lead(text[begin])) {
    case Lead::word:
      if (reading.client_lines && begins_client_line(text, begin)) {
        return read_line(SqlTokenKind::command, text, begin, 0);
      }
      return read_word(text, begin, reading);
    case Lead::digit:
      return plain_token(SqlTokenKind::number, begin, number_end(text, begin));
    case Lead::high:
      return read_high(text, begin, reading);
    case Lead::quote:
    case Lead::name_quote:
      return read_quoted(text, begin, begin, reading);
    case Lead::opener:
      if (text[begin] == '{') return read_brace(text, begin);
      if (reading.bracket_names || is_redaction_mark(text, begin)) {
        return read_bracketed(text, begin);
      }
      break;
    case Lead::sigil:
    case Lead::joiner:
      return read_symbol(text, begin, reading);
    case Lead::comment:
      return text[begin] == '-' ? read_minus(text, begin, reading)
                                : read_slash(text, begin, reading, executed);
    case Lead::backslash:
      return read_backslash(text, begin);
    case Lead::operator_:
      return read_operator(text, begin, executed);
    case Lead::space:
    case Lead::separator:
      break;
  }
  return plain_token(SqlTokenKind::punctuation, begin, begin + 1);
}

}  // namespace

SqlLexer::SqlLexer(std::string_view text, const SqlReading& reading, std::size_t begin,
                   bool executed) noexcept
    : text_(text), reading_(&reading), plain_(&plain_tokens(reading)), executed_(executed) {
  block_.skip_to(begin);
}

SqlToken SqlLexer::token_at(std::string_view text, std::size_t begin, const SqlReading& reading,
                            bool executed) noexcept {
  if (begin >= text.size()) return plain_token(SqlTokenKind::end, text.size(), text.size());
  return read_token(text, begin, reading, executed);
}

SqlLexer SqlLexer::read_as(const SqlReading& reading) const noexcept {
  SqlLexer other = *this;
  other.reading_ = &reading;
  other.plain_ = &plain_tokens(reading);
  return other;
}

SqlToken SqlLexer::next_of_any_kind() noexcept {
  if (!find_run()) return plain_token(SqlTokenKind::end, text_.size(), text_.size());
  return read_run();
}

SqlToken SqlLexer::read_run() noexcept {
  const SqlToken token = read_token(text_, block_.run_begin(), *reading_, executed_);
  block_.skip_to(token.end);
  return token;
}

// Goes to the next run that is no white space; false when there is none.
bool SqlLexer::find_run() noexcept {
  for (;;) {
    while (block_.empty()) {
      if (block_.end() >= text_.size()) return false;
      block_.load(text_, block_.end());
    }
    const std::size_t begin = block_.run_begin();
    const std::size_t space = lead(text_[begin]) == Lead::high ? wide_space_bytes(text_, begin) : 0;
    if (space == 0) return true;
    block_.skip_to(begin + space);
  }
}

}  // namespace studiosync
