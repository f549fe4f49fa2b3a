#include "core/sanitizer/redact.hpp"

#include <algorithm>
#include <utility>

#include "core/base/json.hpp"
#include "core/sanitizer/validator/check_clean.hpp"

namespace studiosync {
namespace {

// Two settle nearly everything; of a dump whose quotes are escaped in another dialect's way than
// one reading thinks, five were seen. The rest is the margin.
constexpr int passes_max = 8;

constexpr Rule withheld{
    .id = "text.withheld",
    .title = "Text that cannot be cleaned",
    .why =
        "The validator takes something in it for a credential that the rules do not find, or every "
        "redaction brings up another one. The last resort: it is withheld as a whole."};

bool is_quote(char c) {
  return c == '\'' || c == '"' || c == '`';
}

// Quotes of its own would join with one beside it, and change what is inside and what is outside.
bool touches_quote(std::string_view text, const Hit& hit) {
  return (hit.begin > 0 && is_quote(text[hit.begin - 1])) ||
         (hit.end() < text.size() && is_quote(text[hit.end()]));
}

std::string_view replacement(std::string_view text, const Hit& hit) {
  if (touches_quote(text, hit)) return redaction_mark;
  switch (hit.replace) {
    case Replace::literal:
      return "'[REDACTED]'";
    case Replace::quoted_name:
      return "\"[REDACTED]\"";
    case Replace::body:
      break;
  }
  return redaction_mark;
}

bool stands_before(const Hit& left, const Hit& right) {
  if (left.begin != right.begin) return left.begin < right.begin;
  // Of two that begin alike the longer one first: it takes the other in.
  if (left.size != right.size) return left.size > right.size;
  if (left.rule->catch_all != right.rule->catch_all) return right.rule->catch_all;
  return left.rule->id < right.rule->id;  // one order, whatever the order of finding
}

// What one layer finds comes in order, so that there are mostly two runs to merge.
void sort_hits(Hits& hits) {
  constexpr int merges_max = 4;
  auto sorted_end = std::is_sorted_until(hits.begin(), hits.end(), stands_before);
  for (int merges = 0; sorted_end != hits.end() && merges < merges_max; ++merges) {
    const auto run_end = std::is_sorted_until(sorted_end, hits.end(), stands_before);
    std::inplace_merge(hits.begin(), sorted_end, run_end, stands_before);
    sorted_end = run_end;
  }
  if (sorted_end != hits.end()) std::sort(hits.begin(), hits.end(), stands_before);
}

void extend(Hit& hit, std::size_t end) {
  hit.size = static_cast<std::uint32_t>(end - hit.begin) & 0x3fffffffU;
  // What is longer than the bare token that it began as has quotes of its own.
  hit.replace = Replace::body;
}

// Text that is not UTF-8 cannot be sent, so nobody asks the validator about it.
bool is_accepted(std::string_view text) {
  return !valid_utf8(text) || is_clean_text(text);
}

Cleaned withhold(std::string_view text) {
  Cleaned cleaned{.text = std::string(redaction_mark), .hits = {}};
  add_hit(cleaned.hits, withheld, 0, text.size());
  return cleaned;
}

}  // namespace

const Rule& withheld_rule() noexcept {
  return withheld;
}

void join_hits(Hits& hits) {
  sort_hits(hits);
  std::size_t kept = 0;
  for (const Hit& hit : hits) {
    if (hit.size == 0) continue;
    if (kept > 0 && hit.begin < hits[kept - 1].end()) {
      if (hit.end() > hits[kept - 1].end()) extend(hits[kept - 1], hit.end());
    } else {
      hits[kept++] = hit;
    }
  }
  hits.resize(kept);
}

std::string redact(std::string_view text, const Hits& hits) {
  std::size_t bytes = text.size();
  for (const Hit& hit : hits) bytes += replacement(text, hit).size() - hit.size;
  std::string redacted;
  redacted.reserve(bytes);
  std::size_t copied = 0;
  for (const Hit& hit : hits) {
    redacted.append(text.substr(copied, hit.begin - copied)).append(replacement(text, hit));
    copied = hit.end();
  }
  redacted.append(text.substr(copied));
  return redacted;
}

std::optional<Cleaned> clean_text(std::string_view text, TextAs as) {
  Scanned scanned = scan_all(text, as);
  if (!scanned.is_suspect) return std::nullopt;
  if (scanned.hits.empty()) {
    return is_accepted(text) ? std::nullopt : std::optional(withhold(text));
  }
  Cleaned cleaned{.text = redact(text, scanned.hits), .hits = std::move(scanned.hits)};
  bool settled = false;
  for (int pass = 1; !settled && pass < passes_max; ++pass) {
    const Hits hits = scan_all(cleaned.text, as, scanned.quotes).hits;
    settled = hits.empty();
    if (!settled) cleaned.text = redact(cleaned.text, hits);
  }
  if (!settled || !is_accepted(cleaned.text)) return withhold(text);
  return cleaned;
}

}  // namespace studiosync
