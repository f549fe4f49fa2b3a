#include "core/sanitizer/text/quotes.hpp"

#include <algorithm>
#include <array>

#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"

namespace studiosync {
namespace {

constexpr auto npos = std::string_view::npos;

struct QuoteMark {
  std::string_view open;
  std::string_view close;
};

constexpr std::array written_marks{QuoteMark{"&quot;", "&quot;"},
                                   QuoteMark{"&apos;", "&apos;"},
                                   QuoteMark{"&#34;", "&#34;"},
                                   QuoteMark{"&#39;", "&#39;"},
                                   QuoteMark{"%22", "%22"},
                                   QuoteMark{"%27", "%27"},
                                   QuoteMark{"\\u0022", "\\u0022"},
                                   QuoteMark{"\\u0027", "\\u0027"},
                                   QuoteMark{"“", "”"},
                                   QuoteMark{"„", "“"},
                                   QuoteMark{"‘", "’"},
                                   QuoteMark{"«", "»"},
                                   QuoteMark{"「", "」"},
                                   QuoteMark{"”", "”"},
                                   QuoteMark{"’", "’"}};

bool is_quote(char c) {
  return c == '"' || c == '\'' || c == '`';
}

std::size_t run_bytes(std::string_view text, std::size_t at, char c) {
  std::size_t end = at;
  while (end < text.size() && text[end] == c) ++end;
  return end - at;
}

std::size_t backslashes_before(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  while (begin > 0 && text[begin - 1] == '\\') --begin;
  return at - begin;
}

const QuoteMark* mark_at(std::string_view text) {
  // Most bytes open nothing.
  if (text.empty() || (!is_beyond_ascii(text.front()) && !"&%\\"_bytes.has(text.front())))
    return nullptr;
  const auto found =
      std::find_if(written_marks.begin(), written_marks.end(), [&](const QuoteMark& mark) {
        return begins_with(text, mark.open) || begins_with(text, mark.close);
      });
  return found == written_marks.end() ? nullptr : &*found;
}

std::string_view line_from(std::string_view text, std::size_t at) {
  const std::string_view window = text.substr(at, quoted_bytes_max);
  return window.substr(0, find_first_of(window, "\r\n"_bytes));
}

std::optional<Quoted> read_marked(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  const QuoteMark* mark = mark_at(rest);
  if (mark == nullptr || !rest.starts_with(mark->open)) return {};
  const std::size_t begin = at + mark->open.size();
  const std::size_t size = line_from(text, begin).find(mark->close);
  if (size == npos) return {};
  return Quoted{begin, begin + size, begin + size + mark->close.size()};
}

// \"…\": ends at a quote with as many backslashes, or at the quote around it all, which has fewer.
Quoted read_escaped(std::string_view text, std::size_t at, std::size_t backslashes) {
  const char quote = text[at + backslashes];
  const std::size_t begin = at + backslashes + 1;
  const std::string_view window = text.substr(0, std::min(text.size(), begin + quoted_bytes_max));
  for (std::size_t i = begin; i < window.size(); ++i) {
    if (window[i] == '\n') return {begin, i, i, false};
    if (window[i] != quote) continue;
    const std::size_t escapes = std::min(backslashes_before(window, i), i - begin);
    if (escapes <= backslashes) return {begin, i - escapes, i + 1};
  }
  return {begin, window.size(), window.size(), false};
}

// ''…'' inside of a '…' literal; a triple quote of Python or TOML, which may span lines.
Quoted read_run(std::string_view text, std::size_t at, std::size_t run) {
  const char quote = text[at];
  const std::size_t begin = at + run;
  const std::string_view window = text.substr(0, std::min(text.size(), begin + quoted_bytes_max));
  for (std::size_t i = begin; i < window.size();) {
    if (window[i] == '\n' && run == 2) return {begin, i, i, false};
    const std::size_t found = run_bytes(window, i, quote);
    // Twice the run is an escaped quote of the inner text; a shorter one ends the outer literal.
    if (found > 0 && found != 2 * run && (found >= run || run == 2)) {
      return {begin, i, i + std::min(found, run)};
    }
    i += std::max<std::size_t>(found, 1);
  }
  return {begin, window.size(), window.size(), false};
}

// A quote that is doubled or follows a backslash belongs to the value when the value is closed
// behind it on the same line; else it was the end.
Quoted read_plain(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const std::size_t begin = at + 1;
  const std::string_view window = text.substr(0, std::min(text.size(), begin + quoted_bytes_max));
  std::size_t doubtful = npos;
  std::size_t i = begin;
  for (; i < window.size() && window[i] != '\n' && window[i] != '\r'; ++i) {
    if (window[i] != quote && window[i] != '\\') continue;
    const std::string_view next = window.substr(i + 1, 1);
    const bool escaped_quote = !next.empty() && next.front() == quote;
    if (window[i] == quote && !escaped_quote) return {begin, i, i + 1};
    if (escaped_quote && doubtful == npos) doubtful = window[i] == quote ? i : i + 1;
    if (escaped_quote || next == "\\") ++i;
  }
  if (doubtful != npos) return {begin, doubtful, doubtful + 1};
  return {begin, i, i, false};
}

bool ends_value(std::string_view text, std::size_t at) {
  return at >= text.size() || is_space(text[at]) || ",;)]}>:&|+"_bytes.has(text[at]);
}

}  // namespace

std::size_t quote_bytes_at(std::string_view text, std::size_t at) noexcept {
  const std::string_view rest = text.substr(at);
  if (const QuoteMark* mark = mark_at(rest)) {
    return rest.starts_with(mark->open) ? mark->open.size() : mark->close.size();
  }
  constexpr std::size_t backslashes_max = 16;
  const std::size_t backslashes = run_bytes(rest.substr(0, backslashes_max), 0, '\\');
  if (backslashes >= rest.size() || !is_quote(rest[backslashes])) return 0;
  const std::size_t run =
      run_bytes(rest.substr(0, backslashes_max), backslashes, rest[backslashes]);
  return backslashes + (backslashes > 0 ? 1 : run);
}

std::optional<Quoted> read_quoted(std::string_view text, std::size_t at) noexcept {
  const std::size_t bytes = quote_bytes(text, at);
  if (bytes == 0) return {};
  if (text[at] == '\\' && is_quote(text[at + bytes - 1])) return read_escaped(text, at, bytes - 1);
  if (!is_quote(text[at])) return read_marked(text, at);
  if (bytes == 1) return read_plain(text, at);
  if (bytes == 2 && ends_value(text, at + 2)) return Quoted{at + 1, at + 1, at + 2};
  return read_run(text, at, bytes);
}

}  // namespace studiosync
