// Character classes of ASCII, whatever the locale. Bytes of UTF-8 beyond it belong to none of them.
#pragma once

#include <string_view>

namespace studiosync {

constexpr bool is_lower(char c) noexcept {
  return c >= 'a' && c <= 'z';
}
constexpr bool is_upper(char c) noexcept {
  return c >= 'A' && c <= 'Z';
}
constexpr bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}
constexpr bool is_letter(char c) noexcept {
  return is_lower(c) || is_upper(c);
}
constexpr bool is_word_char(char c) noexcept {
  return is_letter(c) || is_digit(c) || c == '_';
}
constexpr bool is_blank(char c) noexcept {
  return c == ' ' || c == '\t';
}
constexpr bool is_space(char c) noexcept {
  return is_blank(c) || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}
constexpr bool is_hex(char c) noexcept {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
// The lead and continuation bytes of everything that is not ASCII.
constexpr bool is_beyond_ascii(char c) noexcept {
  return static_cast<unsigned char>(c) >= 0x80;
}
constexpr char to_lower(char c) noexcept {
  return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}

// `lower` is in lower case already.
constexpr bool equals_folded(std::string_view text, std::string_view lower) noexcept {
  if (text.size() != lower.size()) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (to_lower(text[i]) != lower[i]) return false;
  }
  return true;
}
// As starts_with and ends_with; most texts are told apart by one byte, without the call that
// compares the others.
constexpr bool begins_with(std::string_view text, std::string_view with) noexcept {
  return !text.empty() && !with.empty() && text.front() == with.front() && text.starts_with(with);
}
constexpr bool stops_with(std::string_view text, std::string_view with) noexcept {
  return text.size() >= with.size() && text[text.size() - with.size()] == with.front() &&
         text.ends_with(with);
}
constexpr bool starts_folded(std::string_view text, std::string_view lower) noexcept {
  return text.size() >= lower.size() && equals_folded(text.substr(0, lower.size()), lower);
}
constexpr bool ends_folded(std::string_view text, std::string_view lower) noexcept {
  return text.size() >= lower.size() &&
         equals_folded(text.substr(text.size() - lower.size()), lower);
}

}  // namespace studiosync
