// What a byte can begin or continue in SQL: one table look-up instead of chains of comparisons.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace studiosync {

// Which token a byte begins. Bytes of one class take the same branch of the lexer.
// Ordered: what comes up to `separator` ends a bare word for certain.
enum class Lead : std::uint8_t {
  space,      // white space and the other control characters, NUL too
  operator_,  // . = < > + * ! | ^ ~, may be longer than one byte
  comment,    // - /
  separator,  // always a token by itself: ( ) , ; ] }
  word,       // letters, _
  digit,
  high,        // first byte of a character beyond ASCII
  quote,       // '
  name_quote,  // " `
  opener,      // [ {
  sigil,       // : ? % begin parameters, or operators
  joiner,      // @ # & $ as well; these also continue a word, or its prefix of a quote
  backslash,
};

constexpr Lead lead_of(unsigned char byte) noexcept {
  if (byte <= ' ') return Lead::space;
  if (byte >= 0x80) return Lead::high;
  if (byte >= '0' && byte <= '9') return Lead::digit;
  const unsigned char lower = byte | 0x20U;
  if ((lower >= 'a' && lower <= 'z') || byte == '_') return Lead::word;
  constexpr auto one_of = [](unsigned char candidate, std::string_view set) {
    return set.find(static_cast<char>(candidate)) != std::string_view::npos;
  };
  if (byte == '\'') return Lead::quote;
  if (byte == '\\') return Lead::backslash;
  if (one_of(byte, "\"`")) return Lead::name_quote;
  if (one_of(byte, "[{")) return Lead::opener;
  if (one_of(byte, "-/")) return Lead::comment;
  if (one_of(byte, ":?%")) return Lead::sigil;
  if (one_of(byte, "@#&$")) return Lead::joiner;
  if (one_of(byte, "(),;]}\x7f")) return Lead::separator;
  return Lead::operator_;
}

inline constexpr auto lead_table = [] {
  std::array<Lead, 256> table{};
  for (std::size_t byte = 0; byte < table.size(); ++byte) {
    table[byte] = lead_of(static_cast<unsigned char>(byte));
  }
  return table;
}();

inline Lead lead(char byte) noexcept {
  return lead_table[static_cast<unsigned char>(byte)];
}

// ASCII characters that continue every dialect's bare words.
inline bool continues_word(char byte) noexcept {
  return lead(byte) == Lead::word || lead(byte) == Lead::digit || byte == '$';
}

inline bool is_digit(char byte) noexcept {
  return byte >= '0' && byte <= '9';
}

inline bool is_space(char byte) noexcept {
  return static_cast<unsigned char>(byte) <= ' ';
}

inline bool is_blank(char byte) noexcept {
  return byte == ' ' || byte == '\t';
}

// The byte at `at`, NUL beyond the end: looking ahead needs no bounds of its own.
inline char byte_at(std::string_view text, std::size_t at) noexcept {
  return at < text.size() ? text[at] : '\0';
}

}  // namespace studiosync
