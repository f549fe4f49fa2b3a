#include "core/sanitizer/validator/setting_pair.hpp"

#include <algorithm>
#include <array>

#include "core/sanitizer/validator/bytes.hpp"
#include "core/sanitizer/validator/stand_ins.hpp"

namespace studiosync::validator {
namespace {

constexpr std::size_t value_bytes_max = 128;
constexpr std::size_t setting_bytes_max = 64;
constexpr std::size_t bare_bytes_min = 4;
constexpr std::size_t unmistakable_bytes_min = 8;

bool is_value_byte(char c) noexcept {
  constexpr std::string_view separators = ";&,<>()[]{}|\\";
  return static_cast<unsigned char>(c) > ' ' && !is_quote(c) &&
         separators.find(c) == std::string_view::npos;
}

// `Uid=app`: a name, the sign, a value; a comma at its end makes it a list of SQL.
bool is_setting(std::string_view token) noexcept {
  const std::size_t sign = token.find('=');
  return sign != std::string_view::npos && sign > 0 && sign + 1 < token.size() &&
         is_alnum(token[sign - 1]) && token.back() != ',' && token.find('(') == token.npos;
}

bool follows_setting(const NamedSetting& pair) noexcept {
  std::size_t at = pair.name_begin;
  if (at == 0) return false;
  const char before = pair.text[at - 1];
  if (before == '&' || before == '?') return true;
  if (before != ';' && !is_blank(before)) return false;
  const std::size_t limit = at > setting_bytes_max ? at - setting_bytes_max : 0;
  while (at > limit && (is_blank(pair.text[at - 1]) || pair.text[at - 1] == ';')) --at;
  std::size_t begin = at;
  const auto in_token = [](char c) { return !is_blank(c) && !is_quote(c); };
  while (begin > limit && in_token(pair.text[begin - 1])) --begin;
  const std::string_view token = pair.text.substr(begin, at - begin);
  return is_setting(token);
}

// `;Server=db` or `&ssl=true` behind the value.
bool precedes_setting(std::string_view text, std::size_t at) noexcept {
  if (at >= text.size() || (text[at] != ';' && text[at] != '&')) return false;
  const auto is_name = [](char c) { return is_alnum(c) || c == ' ' || c == '_' || c == '.'; };
  const std::size_t end = run_end(text, at + 1, is_name, setting_bytes_max);
  return end > at + 1 && end < text.size() && text[end] == '=' && text[end - 1] != ' ';
}

bool names_something(std::string_view value) noexcept {
  constexpr std::array<std::string_view, 6> parts{"pass", "pwd", "secret", "param", "var", "arg"};
  for (std::size_t at = 0; at < value.size(); ++at) {
    for (const std::string_view part : parts) {
      if (has_folded(value, at, part)) return true;
    }
  }
  return false;
}

bool has_some(std::string_view value, bool (*accepts)(char) noexcept) noexcept {
  return std::any_of(value.begin(), value.end(), accepts);
}

// /run/secrets/db_password, ./keys/app.pem: where the credential is kept. Base64 with a slash in it
// is no path.
bool is_file_path(std::string_view value) noexcept {
  const bool rooted = value.front() == '/' || value.starts_with("./") || value.starts_with("../") ||
                      value.starts_with("~/");
  const auto in_path = [](char c) { return is_word(c) || c == '.' || c == '-' || c == '/'; };
  const std::size_t names = value.front() == '~' ? 1 : 0;
  return rooted && value.find('/', 1) != std::string_view::npos && value.back() != '/' &&
         run_end(value, names, in_path) == value.size() && !has_some(value, is_upper);
}

// NewValue1: a column may be called so.
bool is_numbered_word(std::string_view value) noexcept {
  constexpr std::size_t bytes_max = 10;
  constexpr std::size_t digits_max = 4;
  const std::size_t letters = run_end(value, 0, is_letter);
  return value.size() <= bytes_max && value.size() - letters <= digits_max &&
         run_end(value, letters, is_digit) == value.size();
}

}  // namespace

std::size_t value_end(const NamedSetting& pair) noexcept {
  return run_end(pair.text, pair.value_begin, is_value_byte, value_bytes_max);
}

bool ends_as_setting(const NamedSetting& pair, std::size_t value_end) noexcept {
  if (value_end - pair.value_begin >= value_bytes_max) return false;
  if (value_end >= pair.text.size()) return true;
  const char c = pair.text[value_end];
  return c == ';' || c == '&' || c == '\\' || is_blank(c) || is_quote(c);
}

bool stands_among_settings(const NamedSetting& pair, std::size_t value_end) noexcept {
  return follows_setting(pair) || precedes_setting(pair.text, value_end);
}

bool is_bare_password(std::string_view value) noexcept {
  if (value.size() < bare_bytes_min || is_stand_in(value) || is_file_path(value)) return false;
  const bool plain = std::all_of(value.begin(), value.end(), is_word);
  if (plain && names_something(value)) return false;
  // u.password
  const auto dotted = [](char c) { return is_word(c) || c == '.'; };
  const bool mixed =
      has_some(value, is_digit) && has_some(value, is_upper) && has_some(value, is_lower);
  return plain || mixed || !std::all_of(value.begin(), value.end(), dotted);
}

bool is_unmistakable_password(std::string_view value) noexcept {
  return value.size() >= unmistakable_bytes_min && is_bare_password(value) &&
         has_some(value, is_digit) && has_some(value, is_upper) && has_some(value, is_lower) &&
         looks_chosen(value) && value.find('_') == std::string_view::npos &&
         !is_numbered_word(value);
}

}  // namespace studiosync::validator
