#include "core/sanitizer/sql/credential_list.hpp"

#include <algorithm>

#include "core/sanitizer/value/ascii.hpp"
#include "core/sanitizer/value/secret_value.hpp"

namespace studiosync {
namespace {

struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

Range trimmed(std::string_view text, Range range) noexcept {
  while (range.begin < range.end && is_space(text[range.begin])) ++range.begin;
  while (range.begin < range.end && is_space(text[range.end - 1])) --range.end;
  return range;
}

std::string_view part(std::string_view text, const Range& range) noexcept {
  return text.substr(range.begin, range.end - range.begin);
}

void find_in_pair(std::string_view text, const Range& pair, const Rule& rule, SqlSink& sink) {
  const std::size_t sign = text.find('=', pair.begin);
  if (sign >= pair.end) return;
  // The list is there to carry credentials: a hint of the name is enough.
  const std::string_view name = part(text, trimmed(text, {pair.begin, sign}));
  const bool key = equals_folded(name, "key") || ends_folded(name, "_key") ||
                   equals_folded(name, "hexkey") || equals_folded(name, "textkey");
  if (!key && !claim_of_name(name)) return;
  const Range value = trimmed(text, {sign + 1, pair.end});
  const std::string_view secret = part(text, value);
  if (secret.starts_with('\'') || !is_secret(secret, Claim::named)) return;
  sink.hit(rule, value.begin, value.end, Replace::body);
}

}  // namespace

void find_in_credential_list(std::string_view text, const SqlToken& list, const Rule& rule,
                             SqlSink& sink) {
  for (std::size_t at = list.body_begin; at < list.body_end;) {
    const std::size_t end =
        std::min<std::size_t>(text.find_first_of(";&? \t\r\n", at), list.body_end);
    find_in_pair(text, {at, end}, rule, sink);
    at = end + 1;
  }
}

}  // namespace studiosync
