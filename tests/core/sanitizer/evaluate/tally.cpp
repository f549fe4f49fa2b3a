#include "tests/core/sanitizer/evaluate/tally.hpp"

namespace studiosync::testing {
namespace {

double rate(std::size_t part, std::size_t whole) {
  return whole == 0 ? 1 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

void Tally::add(const SanitizerFixture& fixture, const Verdict& verdict) {
  const bool positive = !fixture.spans.empty();
  positives += positive ? 1 : 0;
  recalled += positive && verdict.recalled ? 1 : 0;
  exact += positive && verdict.exact ? 1 : 0;
  refused_raw += positive && verdict.refused_raw ? 1 : 0;
  negatives += positive ? 0 : 1;
  clean_negatives += !positive && verdict.wrong_hits.empty() ? 1 : 0;
  right_hits += verdict.right_hits;
  wrong_hits += verdict.wrong_hits.size();
  not_idempotent += verdict.idempotent ? 0 : 1;
  not_accepted += verdict.accepted ? 0 : 1;
}

double Tally::recall() const {
  return rate(recalled, positives);
}
double Tally::exactness() const {
  return rate(exact, positives);
}
double Tally::precision() const {
  return rate(right_hits, right_hits + wrong_hits);
}
double Tally::refusal() const {
  return rate(refused_raw, positives);
}

void Tallies::add(const SanitizerFixture& fixture, const Verdict& verdict) {
  all.add(fixture, verdict);
  by_class[fixture.group].add(fixture, verdict);
  by_dialect[fixture.dialect].add(fixture, verdict);
  if (fixture.spans.empty() && fixture.as == TextAs::sql) sql_negatives.add(fixture, verdict);
}

}  // namespace studiosync::testing
