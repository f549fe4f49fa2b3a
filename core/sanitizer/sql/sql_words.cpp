#include "core/sanitizer/sql/byte_scan.hpp"
#include "core/sanitizer/sql/token_readers.hpp"

namespace studiosync {

namespace {

// Operators of PostgreSQL that may follow a column without a space: a#>'{b}', a#-'{b}'.
bool continues_hash_operator(char byte) noexcept {
  return byte == '>' || byte == '-';
}

bool begins_word(char byte) noexcept {
  return continues_word(byte) || lead(byte) == Lead::high;
}

}  // namespace

std::size_t wide_space_bytes(std::string_view text, std::size_t at) noexcept {
  constexpr std::string_view spaces[] = {
      "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004",
      "\u2005", "\u2006", "\u2007", "\u2008", "\u2009", "\u200a", "\u200b",
      "\u2028", "\u2029", "\u202f", "\u205f", "\u3000", "\ufeff",
  };
  constexpr std::string_view first_bytes = "\xc2\xe1\xe2\xe3\xef";
  if (first_bytes.find(text[at]) == std::string_view::npos) return 0;
  for (const std::string_view space : spaces) {
    if (text.substr(at).starts_with(space)) return space.size();
  }
  return 0;
}

std::size_t odd_word_end(std::string_view text, std::size_t at,
                         const SqlReading& reading) noexcept {
  while (at < text.size()) {
    const char byte = text[at];
    const char next = byte_at(text, at + 1);
    if (lead(byte) == Lead::high) {
      if (wide_space_bytes(text, at) != 0) return at;
    } else if (byte == '#') {
      if (reading.hash_comments || continues_hash_operator(next)) return at;
    } else if (byte == '@') {
      if (!begins_word(next)) return at;
    } else {
      return at;
    }
    at = word_end(text, at + 1);
  }
  return at;
}

// As the preprocessing numbers of C: what is glued to a number belongs to it. The two dots of a
// range, 1..10, do not.
std::size_t number_end(std::string_view text, std::size_t begin) noexcept {
  const bool hexadecimal = text[begin] == '0' && (byte_at(text, begin + 1) | 0x20) == 'x';
  std::size_t at = begin;
  for (;;) {
    at = word_end(text, at);
    const char byte = byte_at(text, at);
    const bool exponent = !hexadecimal && at > begin + 1 && (text[at - 1] | 0x20) == 'e';
    if (byte == '.' && byte_at(text, at + 1) != '.') {
      ++at;
    } else if ((byte == '+' || byte == '-') && exponent && is_digit(byte_at(text, at + 1))) {
      ++at;
    } else {
      return at;
    }
  }
}

}  // namespace studiosync
