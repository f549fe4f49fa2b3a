#include "tests/core/sanitizer/evaluate/judge.hpp"

#include <algorithm>

#include "core/base/json.hpp"
#include "core/sanitizer/redact.hpp"
#include "core/sanitizer/validator/check_clean.hpp"

namespace studiosync::testing {
namespace {

bool overlap(const Hit& hit, const Span& span) {
  return hit.begin < span.end && span.begin < hit.end();
}

bool overlaps_any(const Hit& hit, const std::vector<Span>& spans) {
  return std::ranges::any_of(spans, [&](const Span& span) { return overlap(hit, span); });
}

// `hits` are sorted, as scan returns them.
bool is_covered(const Span& span, const Hits& hits) {
  std::size_t covered_to = span.begin;
  for (const Hit& hit : hits) {
    if (hit.begin <= covered_to) covered_to = std::max(covered_to, hit.end());
  }
  return covered_to >= span.end;
}

bool is_a_hit(const Span& span, const Hits& hits) {
  return std::ranges::any_of(
      hits, [&](const Hit& hit) { return hit.begin == span.begin && hit.end() == span.end; });
}

}  // namespace

Verdict judge_hits(const SanitizerFixture& fixture, const Hits& hits) {
  Verdict verdict;
  for (const Span& span : fixture.spans) {
    verdict.recalled = verdict.recalled && is_covered(span, hits);
    verdict.exact = verdict.exact && is_a_hit(span, hits);
  }
  for (const Hit& hit : hits) {
    if (overlaps_any(hit, fixture.spans)) {
      ++verdict.right_hits;
    } else if (!overlaps_any(hit, fixture.may)) {
      verdict.wrong_hits.push_back(hit);
    }
  }
  return verdict;
}

Verdict judge(const SanitizerFixture& fixture) {
  const Cleaned cleaned =
      clean_text(fixture.text, fixture.as).value_or(Cleaned{.text = fixture.text, .hits = {}});
  Verdict verdict = judge_hits(fixture, cleaned.hits);
  verdict.idempotent = !clean_text(cleaned.text, fixture.as).has_value();
  verdict.accepted = validator_accepts(cleaned.text);
  verdict.refused_raw = !validator_accepts(fixture.text);
  return verdict;
}

bool validator_accepts(std::string_view text) {
  return check_clean(Json::object().set("content", Json(text)).canonical()).has_value();
}

}  // namespace studiosync::testing
