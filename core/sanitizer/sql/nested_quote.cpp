#include "core/sanitizer/sql/nested_quote.hpp"

#include <algorithm>

#include "core/sanitizer/value/ascii.hpp"

namespace studiosync {
namespace {

// A password has no line breaks, and nobody types one of half a kilobyte.
constexpr std::size_t body_bytes_max = 512;

std::size_t run_of(std::string_view text, std::size_t at, char byte) noexcept {
  std::size_t end = at;
  while (end < text.size() && text[end] == byte) ++end;
  return end - at;
}

std::size_t backslashes_before(std::string_view text, std::size_t at, std::size_t begin) noexcept {
  std::size_t count = 0;
  while (at - count > begin && text[at - count - 1] == '\\') ++count;
  return count;
}

std::size_t line_end(std::string_view text, std::size_t begin) noexcept {
  const std::size_t limit = std::min(text.size(), begin + body_bytes_max);
  return std::min(text.substr(0, limit).find('\n', begin), limit);
}

bool ends_value(std::string_view text, std::size_t at) noexcept {
  return at >= text.size() || is_space(text[at]) ||
         std::string_view(";,)").find(text[at]) != std::string_view::npos;
}

bool joins_expression(std::string_view text, std::size_t at) noexcept {
  const std::string_view rest = text.substr(std::min(at, text.size()));
  return rest.starts_with(" + ") || rest.starts_with(" || ") || rest.starts_with("||") ||
         rest.starts_with(" & ") || rest.starts_with(" . ");
}

bool goes_on_as_expression(std::string_view text, std::size_t at) noexcept {
  while (at < text.size() && is_space(text[at])) ++at;
  return at < text.size() && std::string_view(",+|&.)").find(text[at]) != std::string_view::npos;
}

// \'abc\': ends at a quote with as many backslashes or, the string around being over, fewer.
NestedQuote read_escaped(std::string_view text, std::size_t begin, char quote,
                         std::size_t backslashes) noexcept {
  const std::size_t limit = line_end(text, begin);
  for (std::size_t at = begin; at < limit; ++at) {
    if (text[at] != quote) continue;
    const std::size_t before = backslashes_before(text, at, begin);
    if (before <= backslashes) return {begin, at - before, before == backslashes, true};
  }
  return {begin, limit, false, true};
}

// ''it''''s'': in units of the opening run a pair is an escaped quote.
NestedQuote read_doubled(std::string_view text, std::size_t begin, char quote,
                         std::size_t unit) noexcept {
  const std::size_t limit = line_end(text, begin);
  for (std::size_t at = begin; at < limit;) {
    if (text[at] != quote) {
      ++at;
      continue;
    }
    const std::size_t run = run_of(text, at, quote);
    const std::size_t units = run / unit;
    const bool escaped = unit == 1 && backslashes_before(text, at, begin) % 2 == 1;
    const bool closes = units % 2 == 1 || run % unit != 0;
    if (closes && !escaped) {
      return {begin, at + (units == 0 ? 0 : units - 1) * unit, units % 2 == 1, unit > 1};
    }
    at += run;
  }
  return {begin, limit, false, unit > 1};
}

// &apos;abc&apos; of XML, \u0027abc\u0027 of JSON, $tag$abc$tag$
NestedQuote read_between(std::string_view text, std::size_t begin,
                         std::string_view delimiter) noexcept {
  const std::size_t limit = line_end(text, begin);
  const std::size_t end = text.substr(0, limit).find(delimiter, begin);
  const bool closed = end != std::string_view::npos;
  return {begin, closed ? end : limit, closed, true};
}

// $$ or $tag$ at `at`; empty when none stands there.
std::string_view dollar_delimiter(std::string_view text, std::size_t at) noexcept {
  constexpr std::size_t tag_bytes_max = 32;
  if (at >= text.size() || text[at] != '$') return {};
  std::size_t end = at + 1;
  while (end < text.size() && end - at < tag_bytes_max && is_word_char(text[end]) &&
         text[end] != '$') {
    ++end;
  }
  if (end >= text.size() || text[end] != '$' || is_digit(text[at + 1])) return {};
  return text.substr(at, end + 1 - at);
}

}  // namespace

std::optional<NestedQuote> read_nested_quote(std::string_view text, std::size_t at) noexcept {
  for (const std::string_view entity :
       {"&apos;", "&#39;", "&quot;", "&#34;", "&#x27;", "\\u0027", "\\u0022"}) {
    if (text.substr(std::min(at, text.size())).starts_with(entity)) {
      return read_between(text, at + entity.size(), entity);
    }
  }
  if (const std::string_view dollars = dollar_delimiter(text, at); !dollars.empty()) {
    return read_between(text, at + dollars.size(), dollars);
  }
  const std::size_t backslashes = at < text.size() ? run_of(text, at, '\\') : 0;
  const std::size_t quotes = at + backslashes;
  if (quotes >= text.size() || (text[quotes] != '\'' && text[quotes] != '"')) return {};
  const char quote = text[quotes];
  if (backslashes > 0) return read_escaped(text, quotes + 1, quote, backslashes);
  const std::size_t run = run_of(text, quotes, quote);
  // 'PASSWORD = ' + variable: the quote ends a text.
  if (run == 1 && joins_expression(text, quotes + 1)) return {};
  // The text around ends behind a quote of its own: 'PASSWORD ''' || password.
  if (run % 2 == 1 && run > 1 && goes_on_as_expression(text, quotes + run)) return {};
  // An empty value, doubled or not: PASSWORD '' VALID UNTIL …
  if (run % 2 == 0 && ends_value(text, quotes + run)) return {};
  return read_doubled(text, quotes + run, quote, run);
}

}  // namespace studiosync
