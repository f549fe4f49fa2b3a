#include "core/sanitizer/text/token_format.hpp"

#include <algorithm>

#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/byte_set.hpp"
#include "core/sanitizer/value/secret_value.hpp"

namespace studiosync {
namespace {

// The first byte of the token whose prefix stands at `at`; npos when what stands before it does not
// belong there.
std::size_t token_begin(std::string_view text, std::size_t at, const TokenFormat& format) noexcept {
  constexpr std::size_t none = std::string_view::npos;
  const Part& before = format.before;
  if (before.set == nullptr) return at;
  const auto goes_on = [&](std::size_t begin) {
    return begin > 0 && before.set->has(text[begin - 1]) && !follows_escape(text, begin);
  };
  // Of a fixed length one look tells that the run is longer, or broken.
  if (before.min == before.max && at > before.max && goes_on(at - before.max)) return none;
  std::size_t begin = at;
  while (begin > 0 && at - begin < before.max && before.set->has(text[begin - 1])) --begin;
  if (at - begin < before.min || goes_on(begin)) return none;
  return format.glued || starts_token(text, begin) ? begin : none;
}

enum class Fit : std::uint8_t { no, too_long, yes };

struct Reading {
  Fit fit = Fit::no;
  std::size_t end = 0;
};

// A token is no longer than its format says, and no word goes on behind it.
Reading read_parts(std::string_view text, std::size_t at, const TokenFormat& format) noexcept {
  const CharSet* last = &chars::alnum;
  for (const Part& part : format.parts) {
    if (part.set != nullptr) {
      const Run found = read_run(text, at, *part.set, part.max);
      if (found.count < part.min) return {};
      at = found.end;
      last = part.set;
    } else {
      if (!text.substr(at).starts_with(part.literal)) return {};
      at += part.literal.size();
    }
  }
  const bool goes_on = at < text.size() && (last->has(text[at]) || chars::alnum.has(text[at]));
  return {goes_on ? Fit::too_long : Fit::yes, at};
}

// Random letters change their case every other time, the humps of an identifier every few letters:
// one token in thirty of twenty characters has no digit at all.
bool changes_case_often(std::string_view body) noexcept {
  std::size_t changes = 0;
  for (std::size_t i = 1; i < body.size(); ++i) {
    const bool humps = is_lower(body[i - 1]) && is_upper(body[i]);
    const bool sinks = is_upper(body[i - 1]) && is_lower(body[i]);
    if (humps || sinks) ++changes;
  }
  return changes * 5 >= body.size();
}

// One letter in five is a vowel in random text, one in three in words.
bool has_few_vowels(std::string_view body) noexcept {
  const auto vowels =
      std::count_if(body.begin(), body.end(), [](char c) { return "AEIOU"_bytes.has(c); });
  return static_cast<std::size_t>(vowels) * 5 < body.size();
}

bool fits(std::string_view body, Body kind) noexcept {
  const bool digit = std::any_of(body.begin(), body.end(), is_digit);
  const auto any = [&](auto is) { return std::any_of(body.begin(), body.end(), is); };
  switch (kind) {
    case Body::any:
      return true;
    case Body::with_digit:
      return digit || changes_case_often(body);
    case Body::mixed_case:
      return changes_case_often(body) || (digit && any(is_lower) && any(is_upper));
    case Body::no_word:
      return digit || find_first_of(body, "JQXZ"_bytes) != std::string_view::npos ||
             has_few_vowels(body);
  }
  return false;
}

// Tells made-up text from random text by its first bytes: no key repeats two or three characters.
bool is_varied(std::string_view body) noexcept {
  constexpr std::size_t looked_at_max = 64;
  constexpr double bits_min = 2.1;
  return body.empty() || entropy_bits(body.substr(0, looked_at_max)) >= bits_min;
}

}  // namespace

void match_token(TextScan& scan, std::size_t at, const TokenFormat& format) {
  const std::string_view text = scan.text;
  if (scan.inside_token(at)) return;
  const auto prefix = std::find_if(
      format.prefixes.begin(), format.prefixes.end(),
      [&](std::string_view p) { return !p.empty() && text.substr(at).starts_with(p); });
  if (prefix == format.prefixes.end()) return;
  const std::size_t body_begin = at + prefix->size();
  const Reading reading = read_parts(text, body_begin, format);
  if (reading.fit == Fit::no) return;
  const std::size_t begin = token_begin(text, at, format);
  if (begin == std::string_view::npos) return;

  // Whatever the answer, it is given once: the anchors inside of a long token are not asked again.
  scan.token_begin = at;
  scan.token_end = reading.end;
  if (reading.fit == Fit::too_long) return;
  const std::string_view whole = text.substr(begin, reading.end - begin);
  const std::string_view body = text.substr(body_begin, reading.end - body_begin);
  const bool varied = is_varied(begin == at ? body : whole);
  if (!varied || !fits(body, format.body)) return;
  if (is_placeholder(whole) || is_placeholder(body)) return;
  // A full stop at its end is the sentence's.
  const std::size_t end = text.find_last_not_of('.', reading.end - 1) + 1;
  add_hit(scan.hits, format.rule, format.keeps_prefix ? body_begin : begin, end);
}

}  // namespace studiosync
