#include "core/sanitizer/text/names.hpp"

#include <algorithm>

#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"
#include "core/sanitizer/value/word_table.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

// Words that are read in front of the one with the anchor: `secret access key`, `mot de passe`.
constexpr int prose_words_max = 2;

// No word in front of these makes more of them than a hint.
constexpr WordTable lone_names{"token"sv, "auth"sv,  "cookie"sv,     "jwt"sv,
                               "cred"sv,  "creds"sv, "credential"sv, "credentials"sv};

bool joins(char c) {
  return c == '.' || c == '-';
}

// é and ß, ñ and ş: the lead bytes of Latin letters beyond ASCII in UTF-8.
bool leads_latin_letter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0xc3 && byte <= 0xc5;
}

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xc0U) == 0x80;
}

std::size_t name_begin(std::string_view text, std::size_t at) {
  const std::size_t limit = at > name_bytes_max ? at - name_bytes_max : 0;
  std::size_t begin = at;
  while (begin > limit && (is_word_char(text[begin - 1]) || joins(text[begin - 1]))) --begin;
  // --password and .password begin behind the sign.
  while (begin < at && joins(text[begin])) ++begin;
  return begin;
}

// Behind the escape that ends where a name seems to begin: the `u0026` of \u0026pass, the `n` of
// \npass.
std::size_t behind_escape(std::string_view text, std::size_t begin, std::size_t at) {
  constexpr std::size_t unicode_bytes = 5;
  if (begin == 0 || text[begin - 1] != '\\') return begin;
  const bool unicode = text[begin] == 'u' && begin + unicode_bytes <= at &&
                       std::all_of(text.begin() + static_cast<std::ptrdiff_t>(begin) + 1,
                                   text.begin() + static_cast<std::ptrdiff_t>(begin) + 5, is_hex);
  if (unicode) return begin + unicode_bytes;
  return begin < at && "nrt"_bytes.has(text[begin]) ? begin + 1 : begin;
}

// The word in front of a name of prose: the `API` of `API key`.
std::size_t word_before(std::string_view text, std::size_t begin) {
  if (begin < 2 || text[begin - 1] != ' ' || !is_letter(text[begin - 2])) return begin;
  std::size_t word = begin - 1;
  while (word > 0 && begin - word < name_bytes_max && is_letter(text[word - 1])) --word;
  return word;
}

std::size_t foreign_end(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && end - at < name_bytes_max && is_beyond_ascii(text[end])) {
    ++end;
    const std::string_view name = text.substr(at, end - at);
    const bool whole = end == text.size() || !is_continuation(text[end]);
    if (whole && claim_of_name(name)) return end;
  }
  return end;
}

}  // namespace

std::size_t name_end(std::string_view text, std::size_t at) noexcept {
  if (at < text.size() && is_beyond_ascii(text[at]) && !leads_latin_letter(text[at])) {
    return foreign_end(text, at);
  }
  const std::size_t limit = std::min(text.size(), at + name_bytes_max);
  std::size_t end = at;
  while (end < limit) {
    if (is_word_char(text[end]))
      ++end;
    else if (joins(text[end]) && end + 1 < limit && is_word_char(text[end + 1]))
      ++end;
    else if (leads_latin_letter(text[end]) && end + 1 < limit && is_continuation(text[end + 1]))
      end += 2;
    else
      break;
  }
  return end;
}

std::optional<CredentialName> credential_name_at(std::string_view text, std::size_t at,
                                                 std::size_t end) noexcept {
  CredentialName name{name_begin(text, at), end};
  std::optional<Claim> claim = claim_of_name(name.in(text));
  const std::size_t escaped = claim ? name.begin : behind_escape(text, name.begin, at);
  if (escaped != name.begin) {
    name.begin = escaped;
    claim = claim_of_name(name.in(text));
  }
  if (claim == Claim::named) {
    name.claim = *claim;
    return name;
  }
  std::size_t begin = name.begin;
  const int words_max = lone_names.has_folded(name.in(text)) ? 0 : prose_words_max;
  for (int words = 0; words < words_max && claim != Claim::named; ++words) {
    const std::size_t before = word_before(text, begin);
    if (before == begin) break;
    begin = before;
    const auto longer = claim_of_name(text.substr(begin, name.end - begin));
    if (!longer || (claim && *longer != Claim::named)) continue;
    claim = longer;
    name.begin = begin;
  }
  if (!claim) return {};
  name.claim = *claim;
  return name;
}

}  // namespace studiosync
