// Classes of ASCII bytes and small readers over them. No locale, no allocation; any thread.
#pragma once

#include <cstddef>
#include <string_view>

namespace studiosync::validator {

constexpr bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}
constexpr bool is_upper(char c) noexcept {
  return c >= 'A' && c <= 'Z';
}
constexpr bool is_lower(char c) noexcept {
  return c >= 'a' && c <= 'z';
}
constexpr bool is_letter(char c) noexcept {
  return is_upper(c) || is_lower(c);
}
constexpr bool is_alnum(char c) noexcept {
  return is_letter(c) || is_digit(c);
}
constexpr bool is_word(char c) noexcept {
  return is_alnum(c) || c == '_';
}
constexpr bool is_base64(char c) noexcept {
  return is_alnum(c) || c == '+' || c == '/';
}
constexpr bool is_base64url(char c) noexcept {
  return is_word(c) || c == '-';
}
constexpr bool is_blank(char c) noexcept {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}
constexpr bool is_quote(char c) noexcept {
  return c == '\'' || c == '"' || c == '`';
}
constexpr char to_lower(char c) noexcept {
  return is_upper(c) ? static_cast<char>(c + ('a' - 'A')) : c;
}

// The end of the run of bytes from `at` on that `accepts` takes, at most `bytes_max` long.
template <class Accepts>
constexpr std::size_t run_end(std::string_view text, std::size_t at, Accepts accepts,
                              std::size_t bytes_max = std::string_view::npos) noexcept {
  const std::string_view rest =
      text.substr(0, bytes_max > text.size() - at ? text.size() : at + bytes_max);
  while (at < rest.size() && accepts(rest[at])) ++at;
  return at;
}

constexpr std::size_t skip_blanks(std::string_view text, std::size_t at) noexcept {
  return run_end(text, at, is_blank);
}

// `lower` is in lower case; the text may be in any.
constexpr bool equals_folded(std::string_view text, std::string_view lower) noexcept {
  if (text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (to_lower(text[i]) != lower[i]) return false;
  }
  return true;
}
constexpr bool has_folded(std::string_view text, std::size_t at, std::string_view lower) noexcept {
  return at <= text.size() && equals_folded(text.substr(at, lower.size()), lower);
}

// Whether a token can begin at `at`. Behind the `\n` of a text that is escaped once more, one can.
constexpr bool begins_token(std::string_view text, std::size_t at) noexcept {
  if (at == 0 || !is_word(text[at - 1])) return true;
  const char before = text[at - 1];
  return (before == 'n' || before == 't' || before == 'r') && at >= 2 && text[at - 2] == '\\';
}
// The same for keys, which also do not begin in the middle of Base64.
constexpr bool begins_key(std::string_view text, std::size_t at) noexcept {
  return begins_token(text, at) && (at == 0 || (text[at - 1] != '-' && text[at - 1] != '+'));
}
constexpr bool ends_token(std::string_view text, std::size_t at) noexcept {
  return at >= text.size() || !is_word(text[at]);
}

}  // namespace studiosync::validator
