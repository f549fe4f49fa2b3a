#include "core/sanitizer/validator/quoted.hpp"

#include <algorithm>

#include "core/sanitizer/validator/bytes.hpp"

namespace studiosync::validator {
namespace {

constexpr std::size_t value_bytes_max = 128;
constexpr std::size_t nesting_max = 8;

// No backtick: names of columns stand between those.
bool is_value_quote(char c) noexcept {
  return c == '\'' || c == '"';
}

// The quotes that open at `at`: backslashes and a quote, or a run of one quote. Empty: none.
std::string_view opening(std::string_view text, std::size_t at) noexcept {
  const auto is_backslash = [](char c) { return c == '\\'; };
  const std::size_t quote = run_end(text, at, is_backslash, nesting_max);
  if (quote >= text.size() || !is_value_quote(text[quote])) return {};
  if (quote > at) return text.substr(at, quote + 1 - at);
  const auto same = [&](char c) { return c == text[quote]; };
  return text.substr(at, run_end(text, at, same, nesting_max) - at);
}

std::size_t skip_prefix(std::string_view text, std::size_t at) noexcept {
  constexpr std::string_view prefixes = "eEnNrR";
  const bool prefix = at + 1 < text.size() && prefixes.find(text[at]) != std::string_view::npos;
  return prefix && (is_value_quote(text[at + 1]) || text[at + 1] == '\\') ? at + 1 : at;
}

// A run of quotes may also be an empty text (`SET password = '', note = ''`): what stands behind
// must look like a value then.
bool may_begin_nested(char c) noexcept {
  constexpr std::string_view punctuation = ",;)(|=+<>-:";
  return !is_blank(c) && punctuation.find(c) == std::string_view::npos;
}

}  // namespace

std::optional<QuotedValue> quoted_value(std::string_view text, std::size_t at) noexcept {
  at = skip_prefix(text, at);
  const std::string_view quotes = opening(text, at);
  if (quotes.empty()) return std::nullopt;
  const bool doubled = quotes.size() > 1 && quotes.front() != '\\';
  const std::string_view rest = text.substr(at + quotes.size());
  if (doubled && (rest.empty() || !may_begin_nested(rest.front()))) return QuotedValue{};
  const std::size_t end = rest.substr(0, value_bytes_max).find(quotes);
  if (end == std::string_view::npos && (doubled || rest.size() > value_bytes_max)) {
    return std::nullopt;
  }
  const std::string_view body = rest.substr(0, end);
  if (doubled && std::any_of(body.begin(), body.end(), is_blank)) return std::nullopt;
  return QuotedValue{body, quotes.back()};
}

}  // namespace studiosync::validator
