#include "core/sanitizer/sql/escapes.hpp"

#include <algorithm>

#include "core/sanitizer/sql/byte_class.hpp"

namespace studiosync {

namespace {

struct Digits {
  std::uint32_t value = 0;
  std::size_t count = 0;
};

Digits read_hex(std::string_view rest, std::size_t at, std::size_t digits_max) noexcept {
  Digits digits;
  while (digits.count < digits_max) {
    const int value = hex_value(byte_at(rest, at + digits.count));
    if (value < 0) break;
    digits.value = digits.value << 4U | static_cast<std::uint32_t>(value);
    ++digits.count;
  }
  return digits;
}

Digits read_octal(std::string_view rest, std::size_t at) noexcept {
  constexpr std::size_t digits_max = 3;
  Digits digits;
  while (digits.count < digits_max) {
    const char byte = byte_at(rest, at + digits.count);
    if (byte < '0' || byte > '7') break;
    digits.value = digits.value << 3U | static_cast<std::uint32_t>(byte - '0');
    ++digits.count;
  }
  return digits;
}

Escape byte_escape(std::size_t source_bytes, std::uint32_t value) noexcept {
  return {.source_bytes = source_bytes, .bytes = {static_cast<char>(value & 0xffU)}, .size = 1};
}

// UTF-8 (RFC 3629). Lone surrogates get their three bytes; what is no character at all gets U+FFFD.
Escape character_escape(std::size_t source_bytes, std::uint32_t code) noexcept {
  if (code > 0x10ffff) code = 0xfffd;
  if (code < 0x80) return byte_escape(source_bytes, code);
  Escape escape{.source_bytes = source_bytes, .size = code < 0x800 ? 2U : code < 0x10000 ? 3U : 4U};
  constexpr std::array<std::uint32_t, 5> lead_bits = {0, 0, 0xc0, 0xe0, 0xf0};
  const std::uint32_t mark = lead_bits[escape.size];
  for (std::size_t at = escape.size; at-- > 1;) {
    escape.bytes[at] = static_cast<char>(0x80U | (code & 0x3fU));
    code >>= 6U;
  }
  escape.bytes[0] = static_cast<char>(mark | code);
  return escape;
}

// \b and its like, or the byte itself.
char named_escape(char name) noexcept {
  constexpr std::string_view names = "abfnrtvZ";
  constexpr std::string_view values = "\a\b\f\n\r\t\v\x1a";
  const std::size_t found = names.find(name);
  return found == std::string_view::npos ? name : values[found];
}

constexpr bool leads_surrogates(std::uint32_t code) noexcept {
  return (code & 0xfffffc00U) == 0xd800;
}

constexpr bool trails_surrogates(std::uint32_t code) noexcept {
  return (code & 0xfffffc00U) == 0xdc00;
}

// Joins \uD83D\uDE00; `marker` is what stands between the backslash and the digits.
Escape utf16_escape(std::string_view rest, std::string_view marker) noexcept {
  const std::size_t digits_at = 1 + marker.size();
  const std::size_t bytes = digits_at + 4;
  const Digits first = read_hex(rest, digits_at, 4);
  if (first.count != 4) return {};
  const std::string_view next = rest.substr(bytes);
  const bool paired = next.starts_with('\\') && next.substr(1).starts_with(marker);
  const Digits second = paired ? read_hex(next, digits_at, 4) : Digits{};
  if (leads_surrogates(first.value) && second.count == 4 && trails_surrogates(second.value)) {
    const std::uint32_t high = first.value & 0x3ffU;
    return character_escape(2 * bytes, 0x10000 + (high << 10U | (second.value & 0x3ffU)));
  }
  return character_escape(bytes, first.value);
}

}  // namespace

int hex_value(char digit) noexcept {
  if (is_digit(digit)) return digit - '0';
  const int lower = digit | 0x20;
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

Escape read_backslash_escape(std::string_view rest) noexcept {
  const char name = byte_at(rest, 1);
  if (rest.size() < 2) return byte_escape(rest.size(), '\\');
  if (const Digits octal = read_octal(rest, 1); octal.count > 0) {
    return byte_escape(1 + octal.count, octal.value);
  }
  if (name == 'x') {
    if (const Digits hex = read_hex(rest, 2, 2); hex.count > 0) {
      return byte_escape(2 + hex.count, hex.value);
    }
  } else if (name == 'u') {
    if (const Escape escape = utf16_escape(rest, "u"); escape.size > 0) return escape;
  } else if (name == 'U') {
    if (const Digits hex = read_hex(rest, 2, 8); hex.count == 8) {
      return character_escape(10, hex.value);
    }
  }
  return byte_escape(2, static_cast<unsigned char>(named_escape(name)));
}

Escape read_unicode_escape(std::string_view rest) noexcept {
  const char next = byte_at(rest, 1);
  if (next == '\\') return byte_escape(2, '\\');
  if (next != '+') return utf16_escape(rest, "");
  const Digits hex = read_hex(rest, 2, 6);
  return hex.count == 6 ? character_escape(8, hex.value) : Escape{};
}

char doubled_quote(std::string_view original, const SqlToken& token) noexcept {
  const std::size_t body = token.body_begin;
  if (body == token.begin) return '\0';
  const char quote = original[body - 1];
  // Three quotes are not doubled inside.
  const bool triple = body >= token.begin + 3U && original[body - 2] == quote;
  if (triple) return '\0';
  return quote == '[' ? ']' : quote;
}

HexDigits hex_digits(std::string_view original, const SqlToken& token) noexcept {
  const char first = static_cast<char>(original[token.begin] | 0x20);
  const bool number = token.kind == SqlTokenKind::number && first == '0' &&
                      (byte_at(original, token.begin + 1) | 0x20) == 'x';
  const bool text =
      token.kind == SqlTokenKind::text && first == 'x' && token.body_begin == token.begin + 2;
  if (!number && !text) return {};
  const HexDigits digits{.begin = number ? token.begin + 2U : token.body_begin,
                         .end = token.body_end};
  const std::string_view body = original.substr(digits.begin, digits.end - digits.begin);
  const bool valid = body.size() % 2 == 0 && std::all_of(body.begin(), body.end(), [](char digit) {
                       return hex_value(digit) >= 0;
                     });
  return valid ? digits : HexDigits{};
}

}  // namespace studiosync
