#include <algorithm>

#include "core/sanitizer/hit.hpp"
#include "core/sanitizer/sql/byte_scan.hpp"
#include "core/sanitizer/sql/token_readers.hpp"

namespace studiosync {

SqlToken enclosed_token(const Enclosed& parts) noexcept {
  const auto body_end = static_cast<std::uint32_t>(parts.body_end);
  return token_of(parts.kind, parts.quoting, parts.closed,
                  {static_cast<std::uint32_t>(parts.begin),
                   body_end + static_cast<std::uint32_t>(parts.closer_bytes),
                   static_cast<std::uint32_t>(parts.body_begin), body_end});
}

namespace {

char lower(char byte) noexcept {
  return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte | 0x20) : byte;
}

// The letter of a prefix at `at`, as long as it stands before the quote.
char prefix_letter(std::string_view text, std::size_t at, std::size_t quote) noexcept {
  return at < quote ? lower(text[at]) : '\0';
}

// Where the body ends whose delimiter is written twice inside of it.
void find_closer(std::string_view text, char closer, bool escapes, Enclosed& parts) noexcept {
  // Without escapes both bytes are the closer.
  const EitherOf stop{closer, escapes ? '\\' : closer};
  parts.quoting = SqlQuoting::verbatim;
  std::size_t at = parts.body_begin;
  while ((at = scan_until(text, at, stop)) < text.size()) {
    if (text[at] != closer) {
      parts.quoting = SqlQuoting::backslash;
    } else if (byte_at(text, at + 1) != closer) {
      parts.body_end = at;
      parts.closer_bytes = 1;
      return;
    } else if (parts.quoting == SqlQuoting::verbatim) {
      parts.quoting = SqlQuoting::doubled;
    }
    at += 2;
  }
  parts.body_end = text.size();
  parts.closed = false;
}

// Ends at `closer`, whatever stands before it.
void find_closer(std::string_view text, std::string_view closer, Enclosed& parts) noexcept {
  parts.quoting = SqlQuoting::verbatim;
  const std::size_t found = text.find(closer, parts.body_begin);
  parts.closed = found != std::string_view::npos;
  parts.body_end = parts.closed ? found : text.size();
  parts.closer_bytes = parts.closed ? closer.size() : 0;
}

void find_triple_closer(std::string_view text, char quote, Enclosed& parts) noexcept {
  const EitherOf stop{quote, '\\'};
  parts.quoting = SqlQuoting::verbatim;
  std::size_t at = parts.body_begin;
  while ((at = scan_until(text, at, stop)) < text.size()) {
    if (text[at] == '\\') {
      parts.quoting = SqlQuoting::backslash;
      at += 2;
    } else if (byte_at(text, at + 1) == quote && byte_at(text, at + 2) == quote) {
      parts.body_end = at;
      parts.closer_bytes = 3;
      return;
    } else {
      ++at;
    }
  }
  parts.body_end = text.size();
  parts.closed = false;
}

std::size_t character_bytes(char first) noexcept {
  const auto byte = static_cast<unsigned char>(first);
  if (byte < 0xc0) return 1;
  if (byte < 0xe0) return 2;
  return byte < 0xf0 ? 3 : 4;
}

// Oracle's q'!…!': any character delimits but white space; brackets close with their mate.
bool read_q_quoted(std::string_view text, std::size_t quote, Enclosed& parts) noexcept {
  if (quote + 1 >= text.size() || is_space(text[quote + 1])) return false;
  constexpr std::string_view openers = "[{<(";
  constexpr std::string_view closers = "]}>)";
  const std::string_view opener = text.substr(quote + 1, character_bytes(text[quote + 1]));
  char closer[5] = {};
  std::copy(opener.begin(), opener.end(), closer);
  if (const std::size_t mate = openers.find(opener[0]); mate != std::string_view::npos) {
    closer[0] = closers[mate];
  }
  closer[opener.size()] = '\'';
  parts.body_begin = quote + 1 + opener.size();
  find_closer(text, std::string_view(closer, opener.size() + 1), parts);
  return true;
}

bool has_escapes(char prefix, char quote, const SqlReading& reading) noexcept {
  if (quote == '\'') return reading.backslash_escapes || prefix == 'e';
  if (quote == '"' && reading.double_quoted_text) return reading.backslash_escapes;
  return reading.backslash_names;
}

SqlToken read_unicode_quoted(std::string_view text, Enclosed& parts) noexcept {
  find_closer(text, '\'', false, parts);
  parts.quoting = SqlQuoting::unicode;
  return enclosed_token(parts);
}

}  // namespace

SqlToken read_quoted(std::string_view text, std::size_t begin, std::size_t quote,
                     const SqlReading& reading) noexcept {
  const char mark = text[quote];
  const char first = prefix_letter(text, begin, quote);
  const char second = prefix_letter(text, begin + 1, quote);
  const bool is_text = mark == '\'' || (mark == '"' && reading.double_quoted_text);
  Enclosed parts{.kind = is_text ? SqlTokenKind::text : SqlTokenKind::name,
                 .begin = begin,
                 .body_begin = quote + 1};
  if (second == '&') return read_unicode_quoted(text, parts);
  if ((first == 'q' || second == 'q') && read_q_quoted(text, quote, parts)) {
    return enclosed_token(parts);
  }
  const bool triple = reading.triple_quotes && is_text && byte_at(text, quote + 1) == mark &&
                      byte_at(text, quote + 2) == mark;
  if (triple) {
    parts.body_begin = quote + 3;
    find_triple_closer(text, mark, parts);
  } else {
    find_closer(text, mark, has_escapes(first, mark, reading), parts);
  }
  // A raw text keeps its backslashes; they guard its quote all the same.
  const bool raw = reading.triple_quotes && (first == 'r' || second == 'r');
  if (raw && parts.quoting == SqlQuoting::backslash) parts.quoting = SqlQuoting::verbatim;
  return enclosed_token(parts);
}

bool is_redaction_mark(std::string_view text, std::size_t bracket) noexcept {
  return text.substr(bracket, redaction_mark.size()) == redaction_mark &&
         byte_at(text, bracket + redaction_mark.size()) != ']';
}

SqlToken read_bracketed(std::string_view text, std::size_t begin) noexcept {
  Enclosed parts{.kind = SqlTokenKind::name, .begin = begin, .body_begin = begin + 1};
  find_closer(text, ']', false, parts);
  return enclosed_token(parts);
}

SqlToken read_curly_quoted(std::string_view text, std::size_t begin) noexcept {
  const std::string_view opener = text.substr(begin, 3);
  const bool single = opener == "\u2018";
  if (!single && opener != "\u201c") return {};
  Enclosed parts{.kind = single ? SqlTokenKind::text : SqlTokenKind::name,
                 .begin = begin,
                 .body_begin = begin + 3};
  find_closer(text, single ? "\u2019" : "\u201d", parts);
  return enclosed_token(parts);
}

SqlToken read_dollar_quoted(std::string_view text, std::size_t begin) noexcept {
  std::size_t at = begin + 1;
  const bool tagged =
      lead(byte_at(text, at)) == Lead::word || lead(byte_at(text, at)) == Lead::high;
  while (tagged && (lead(byte_at(text, at)) == Lead::high ||
                    (continues_word(byte_at(text, at)) && text[at] != '$'))) {
    ++at;
  }
  if (byte_at(text, at) != '$') return {};
  const std::string_view delimiter = text.substr(begin, at + 1 - begin);
  Enclosed parts{.kind = SqlTokenKind::text, .begin = begin, .body_begin = at + 1};
  find_closer(text, delimiter, parts);
  return enclosed_token(parts);
}

bool is_text_prefix(std::string_view text, std::size_t begin, std::size_t quote,
                    const SqlReading& reading) noexcept {
  const std::size_t bytes = quote - begin;
  const char first = lower(text[begin]);
  const char second = bytes == 2 ? lower(text[begin + 1]) : '\0';
  if (bytes > 2) return false;
  constexpr std::string_view single = "enbxr";
  const bool raw_bytes = (first == 'r' && second == 'b') || (first == 'b' && second == 'r');
  if (text[quote] == '"') {
    return reading.triple_quotes && (raw_bytes || (bytes == 1 && (first == 'r' || first == 'b')));
  }
  if (bytes == 1) {
    return single.find(first) != std::string_view::npos || (reading.q_quotes && first == 'q');
  }
  return raw_bytes || (first == 'u' && second == '&') ||
         (reading.q_quotes && first == 'n' && second == 'q');
}

}  // namespace studiosync
