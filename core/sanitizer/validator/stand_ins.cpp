#include "core/sanitizer/validator/stand_ins.hpp"

#include <algorithm>
#include <array>
#include <bitset>

#include "core/sanitizer/validator/bytes.hpp"

namespace studiosync::validator {
namespace {

// Longer values are judged by their first bytes: no stand-in is that long.
constexpr std::size_t judged_bytes_max = 512;
constexpr int filler_distinct_max = 2;
constexpr std::size_t chosen_bytes_min = 6;

constexpr std::array<std::string_view, 44> stand_in_words{
    "null",     "none",   "nil",        "true",     "false",    "undefined", "empty",  "default",
    "password", "passwd", "passphrase", "pass",     "pw",       "pwd",       "secret", "string",
    "text",     "token",  "key",        "value",    "user",     "username",  "yes",    "no",
    "on",       "off",    "n/a",        "unset",    "optional", "required",  "hash",   "md5",
    "sha1",     "sha256", "sha-256",    "sha512",   "sha-512",  "bcrypt",    "scrypt", "argon2",
    "argon2id", "scram",  "pbkdf2",     "plaintext"};

constexpr std::array<std::string_view, 29> stand_in_parts{
    "[redacted]", "redacted",  "example",     "your",    "placeholder", "changeme",
    "change_me",  "change-me", "change this", "masked",  "hidden",      "dummy",
    "sample",     "insert",    "replace",     "not_set", "omitted",     "removed",
    "censored",   "xxxx",      "****",        "...",     "\u2026",      "${",
    "{{",         "#{",        "%(",          "<%",      "%s"};

// What a form checks (`required|string|min:8`), and columns and labels named after the password.
constexpr std::array<std::string_view, 6> descriptive_parts{"required", "nullable", "string",
                                                            "min:",     "max:",     "://"};

constexpr std::array<std::string_view, 9> file_endings{".pem", ".key", ".crt",  ".cer", ".p12",
                                                       ".pfx", ".ppk", ".json", ".txt"};

constexpr std::array<std::string_view, 4> name_parts{"pass", "pwd", "secret", "token"};

constexpr std::string_view mark = "[REDACTED]";

bool is_reference_byte(char c) noexcept {
  return is_base64url(c) || c == '.';
}

// A list of parts with the bytes that they begin with, so that most places are sorted out at once.
template <std::size_t size>
struct Parts {
  std::array<std::string_view, size> words;
  std::array<bool, 256> begins{};

  constexpr explicit Parts(const std::array<std::string_view, size>& list) : words(list) {
    for (const std::string_view word : list)
      begins[static_cast<unsigned char>(word.front())] = true;
  }

  bool occur_in(std::string_view text) const noexcept {
    for (std::size_t at = 0; at < text.size(); ++at) {
      const char first = to_lower(text[at]);
      if (!begins[static_cast<unsigned char>(first)]) continue;
      for (const std::string_view word : words) {
        if (word.front() == first && has_folded(text, at, word)) return true;
      }
    }
    return false;
  }
};

constexpr Parts stand_in_list(stand_in_parts);
constexpr Parts descriptive_list(descriptive_parts);
constexpr Parts name_list(name_parts);

bool is_wrapped(std::string_view value) noexcept {
  constexpr std::array<std::string_view, 6> pairs{"<>", "{}", "[]", "%%", "()", "__"};
  return value.size() >= 2 && std::any_of(pairs.begin(), pairs.end(), [&](std::string_view pair) {
           return value.front() == pair[0] && value.back() == pair[1];
         });
}

// `$VAR`, `:pw`, `@pw`, `?`, `%s`, `&1`, `$(pass show x)`.
bool is_reference(std::string_view value) noexcept {
  for (const std::string_view opening : {"${", "$(", "#{", "&{"}) {
    if (value.starts_with(opening)) return true;
  }
  constexpr std::string_view sigils = "$:@?%&#";
  const std::size_t name = std::min(value.find_first_not_of(sigils), value.size());
  if (name > 0 && is_wrapped(value.substr(name))) return true;
  return name > 0 && std::all_of(value.begin() + static_cast<std::ptrdiff_t>(name), value.end(),
                                 is_reference_byte);
}

// What stands between two texts that are put together: 'PASSWORD ' || quote_literal(pw) || ' …'.
bool is_expression(std::string_view value) noexcept {
  const std::size_t first = std::min(skip_blanks(value, 0), value.size());
  if (first == value.size() || is_quote(value[first])) return true;
  constexpr std::string_view joints = "|+,);";
  return joints.find(value[first]) != std::string_view::npos &&
         std::any_of(value.begin(), value.end(), is_blank);
}

bool is_ascii(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x80;
}

}  // namespace

bool is_varied(std::string_view value, int distinct_min) noexcept {
  std::bitset<256> seen;
  for (const char c : value) seen.set(static_cast<unsigned char>(c));
  return static_cast<int>(seen.count()) >= distinct_min;
}

bool is_stand_in(std::string_view value) noexcept {
  value = value.substr(0, judged_bytes_max);
  if (!is_varied(value, filler_distinct_max + 1)) return true;
  if (std::none_of(value.begin(), value.end(), is_ascii)) return true;
  if (mark.starts_with(value)) return true;  // cut off by the end of the text
  if (is_wrapped(value) || is_reference(value) || is_expression(value)) return true;
  return std::any_of(stand_in_words.begin(), stand_in_words.end(),
                     [&](std::string_view word) { return equals_folded(value, word); }) ||
         stand_in_list.occur_in(value);
}

bool looks_generated(std::string_view value, std::size_t bytes_min) noexcept {
  return value.size() >= bytes_min && std::any_of(value.begin(), value.end(), is_digit) &&
         std::any_of(value.begin(), value.end(), is_letter) &&
         std::none_of(value.begin(), value.end(), is_blank) && is_varied(value, 6) &&
         !is_stand_in(value);
}

bool looks_chosen(std::string_view value) noexcept {
  if (value.size() < chosen_bytes_min) return false;
  if (std::any_of(value.begin(), value.end(), is_blank)) return false;
  if (std::none_of(value.begin(), value.end(), is_digit) || is_stand_in(value)) return false;
  constexpr std::string_view path_starts = "/~.\\(";
  if (path_starts.find(value.front()) != std::string_view::npos) return false;
  if (descriptive_list.occur_in(value)) return false;
  const bool plain = std::all_of(value.begin(), value.end(), is_reference_byte);
  if (plain && name_list.occur_in(value)) return false;
  return std::none_of(file_endings.begin(), file_endings.end(), [&](std::string_view ending) {
    return value.size() >= ending.size() && has_folded(value, value.size() - ending.size(), ending);
  });
}

}  // namespace studiosync::validator
