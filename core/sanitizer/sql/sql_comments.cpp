#include <algorithm>
#include <cstddef>
#include <iterator>

#include "core/sanitizer/sql/byte_scan.hpp"
#include "core/sanitizer/sql/token_readers.hpp"

namespace studiosync {

SqlToken read_line(SqlTokenKind kind, std::string_view text, std::size_t begin,
                   std::size_t opener_bytes) noexcept {
  const std::size_t body = begin + opener_bytes;
  std::size_t end = find_byte(text, body, '\n');
  if (end > body && text[end - 1] == '\r') --end;
  return enclosed_token({.kind = kind, .begin = begin, .body_begin = body, .body_end = end});
}

bool stands_after(std::string_view text, std::size_t at, std::string_view boundaries) noexcept {
  while (at > 0 && is_blank(text[at - 1])) --at;
  return at == 0 || boundaries.find(text[at - 1]) != std::string_view::npos;
}

bool begins_client_line(std::string_view text, std::size_t begin) noexcept {
  constexpr std::string_view words[] = {"rem", "remark", "pro", "prompt"};
  const int first = byte_at(text, begin) | 0x20;
  if (first != 'r' && first != 'p') return false;
  const std::size_t bytes = word_end(text, begin) - begin;
  const bool known = std::any_of(std::begin(words), std::end(words), [&](std::string_view word) {
    return word.size() == bytes && is_space(byte_at(text, begin + bytes)) &&
           std::equal(word.begin(), word.end(), text.begin() + static_cast<std::ptrdiff_t>(begin),
                      [](char letter, char byte) { return letter == (byte | 0x20); });
  });
  return known && stands_after(text, begin, "\n");
}

// Both delimiters hold a slash, which is rarer in comments than the star.
SqlToken read_block_comment(std::string_view text, std::size_t begin, bool nested) noexcept {
  Enclosed parts{.kind = SqlTokenKind::comment, .begin = begin, .body_begin = begin + 2};
  std::size_t depth = 1;
  std::size_t unread = parts.body_begin;
  for (std::size_t slash = unread;; ++slash) {
    slash = find_byte(text, slash, '/');
    if (slash == text.size()) break;
    if (slash > unread && text[slash - 1] == '*') {
      unread = slash + 1;
      if (--depth > 0) continue;
      parts.body_end = slash - 1;
      parts.closer_bytes = 2;
      return enclosed_token(parts);
    }
    if (nested && byte_at(text, slash + 1) == '*') {
      ++depth;
      unread = ++slash + 1;
    }
  }
  parts.body_end = text.size();
  parts.closed = false;
  return enclosed_token(parts);
}

// At most six digits are the version; MySQL writes five or six.
std::size_t executed_opener_bytes(std::string_view text, std::size_t begin) noexcept {
  constexpr std::size_t version_digits_max = 6;
  std::size_t at = begin + 2;
  if (byte_at(text, at) == 'M') ++at;
  if (byte_at(text, at) != '!') return 0;
  const std::size_t digits = ++at;
  while (at < digits + version_digits_max && is_digit(byte_at(text, at))) ++at;
  return at - begin;
}

}  // namespace studiosync
