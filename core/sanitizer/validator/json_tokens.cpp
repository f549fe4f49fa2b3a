#include "core/sanitizer/validator/json_tokens.hpp"

#include <algorithm>

namespace studiosync {
namespace {

constexpr std::string_view white_space = " \t\r\n";
constexpr std::string_view between_tokens = " \t\r\n,";
constexpr std::string_view scalar_characters =
    "+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

// Whether an odd number of backslashes stands before a quote. The string's opening quote ends the
// count.
bool is_escaped(std::string_view text, std::size_t quote) {
  std::size_t first = quote;
  while (text[first - 1] == '\\') --first;
  return (quote - first) % 2 == 1;
}

}  // namespace

Token JsonTokens::next() {
  skip(between_tokens);
  if (rest_.empty()) return {TokenKind::end};
  switch (rest_.front()) {
    case '{':
      return structural(TokenKind::begin_object);
    case '}':
      return structural(TokenKind::end_object);
    case '[':
      return structural(TokenKind::begin_array);
    case ']':
      return structural(TokenKind::end_array);
    case '"':
      return string();
    default:
      return scalar();
  }
}

Token JsonTokens::structural(TokenKind kind) {
  rest_.remove_prefix(1);
  return {kind};
}

Token JsonTokens::string() {
  // By quotes alone: a search for one character runs many times faster than one for two.
  std::size_t end = rest_.find('"', 1);
  while (end != std::string_view::npos && is_escaped(rest_, end)) end = rest_.find('"', end + 1);
  if (end == std::string_view::npos) {
    rest_ = {};
    return {TokenKind::broken};
  }
  const std::string_view raw = rest_.substr(1, end - 1);
  rest_.remove_prefix(end + 1);
  skip(white_space);
  if (rest_.empty() || rest_.front() != ':') return {TokenKind::text, raw};
  rest_.remove_prefix(1);
  return {TokenKind::name, raw};
}

Token JsonTokens::scalar() {
  const std::size_t size = std::min(rest_.find_first_not_of(scalar_characters), rest_.size());
  if (size == 0) {
    rest_ = {};
    return {TokenKind::broken};
  }
  const std::string_view raw = rest_.substr(0, size);
  rest_.remove_prefix(size);
  if (raw == "true" || raw == "false" || raw == "null") return {TokenKind::word};
  return {TokenKind::number};
}

void JsonTokens::skip(std::string_view characters) {
  rest_.remove_prefix(std::min(rest_.find_first_not_of(characters), rest_.size()));
}

}  // namespace studiosync
