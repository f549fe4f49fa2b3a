#include "core/sanitizer/value/randomness.hpp"

#include <algorithm>
#include <array>

#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"
#include "core/sanitizer/value/secret_value.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t random_bytes_min = 10;

// Names of algorithms mix letters and digits like keys do.
constexpr std::array algorithms{"sha"sv,  "hmac"sv,    "aes"sv,    "rsa"sv,    "ecdsa"sv,
                                "md5"sv,  "scram"sv,   "bcrypt"sv, "argon2"sv, "pbkdf2"sv,
                                "utf8"sv, "x509"sv,    "tls"sv,    "oauth"sv,  "ed25519"sv,
                                "http"sv, "caching_"sv};

bool is_separator(char c) {
  return "-_./:,"_bytes.has(c);
}

struct Counts {
  std::size_t letters = 0;
  std::size_t digits = 0;
  std::size_t upper = 0;
  std::size_t other = 0;
  std::size_t case_changes = 0;  // from lower to upper: once a word in camelCase
  std::size_t case_falls = 0;    // from upper to lower
  std::size_t turns = 0;         // between letters and digits
};

Counts count(std::string_view text) {
  Counts counts;
  char last = 0;
  for (const char c : text) {
    if (is_digit(c))
      ++counts.digits;
    else if (is_letter(c))
      ++counts.letters;
    else
      ++counts.other;
    if (is_upper(c)) ++counts.upper;
    if (is_upper(c) && is_lower(last)) ++counts.case_changes;
    if (is_lower(c) && is_upper(last)) ++counts.case_falls;
    if ((is_digit(c) && is_letter(last)) || (is_letter(c) && is_digit(last))) ++counts.turns;
    last = c;
  }
  return counts;
}

// A word, a number, or a word with a short number: `Q4`, `sha256`, `node12`, `15T10`.
bool is_plain_segment(std::string_view segment) {
  const Counts counts = count(segment);
  if (counts.other > 0) return false;
  if (counts.letters == 0) return true;
  if (counts.digits == 0) {
    const bool one_case = counts.upper == 0 || counts.upper == counts.letters;
    return one_case || counts.case_changes * 3 <= counts.letters;
  }
  return counts.turns == 1 && segment.size() <= 10 && counts.digits <= 4;
}

bool is_uuid(std::string_view value) {
  if (value.size() != 36) return false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? value[i] != '-' : !is_hex(value[i])) return false;
  }
  return true;
}

bool is_example_uuid(std::string_view value) {
  return starts_folded(value, "00000000-0000-") || starts_folded(value, "550e8400-e29b-") ||
         starts_folded(value, "123e4567-e89b-");
}

bool has_foreign_characters(std::string_view value) {
  return std::any_of(value.begin(), value.end(),
                     [](char c) { return is_space(c) || is_beyond_ascii(c) || c < 0x20; });
}

bool names_algorithm(std::string_view value) {
  constexpr std::size_t algorithm_bytes_max = 32;
  return value.size() <= algorithm_bytes_max &&
         std::any_of(algorithms.begin(), algorithms.end(),
                     [&](std::string_view name) { return starts_folded(value, name); });
}

// 20 bytes and more without a digit: hardly a word when the case changes all the time.
bool is_random_letters(std::string_view value, const Counts& counts) {
  return value.size() >= 20 && counts.upper < counts.letters &&
         counts.case_changes * 5 >= value.size() && entropy_bits(value) >= 3.8;
}

// The same with a single digit among them: `zSvUTPrfv7xQwTghhxgd`, not `getUserByIdV2Handler`.
bool is_random_with_digit(std::string_view value, const Counts& counts) {
  return value.size() >= 20 && counts.digits == 1 && counts.upper * 10 >= value.size() * 3 &&
         (counts.case_changes + counts.case_falls) * 4 >= value.size() &&
         entropy_bits(value) >= 3.5;
}

}  // namespace

bool is_composed_of_words(std::string_view value) noexcept {
  std::size_t begin = 0;
  std::size_t numbered = 0;
  while (begin <= value.size()) {
    std::size_t end = begin;
    while (end < value.size() && !is_separator(value[end])) ++end;
    const std::string_view segment = value.substr(begin, end - begin);
    if (!is_plain_segment(segment)) return false;
    const Counts counts = count(segment);
    if (counts.letters > 0 && counts.digits > 2) ++numbered;
    begin = end + 1;
  }
  // `sk-abc123-def456` has too many numbered words to be a name.
  return numbered < 2;
}

bool looks_random(std::string_view value) noexcept {
  if (is_uuid(value)) return !is_example_uuid(value);
  if (value.size() < random_bytes_min || has_foreign_characters(value)) return false;
  if (names_algorithm(value) || value.find("://") != std::string_view::npos) return false;
  const Counts counts = count(value);
  if (counts.letters < 2) return false;
  if (counts.digits == 0) return is_random_letters(value, counts);
  const bool one_segment = std::none_of(value.begin(), value.end(), is_separator);
  if (one_segment && counts.other == 0) {
    return (counts.digits >= 2 && entropy_bits(value) >= 2.5) ||
           is_random_with_digit(value, counts);
  }
  return !is_composed_of_words(value) && counts.digits >= 2 && entropy_bits(value) >= 2.8;
}

}  // namespace studiosync
