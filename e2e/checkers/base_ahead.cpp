// What a change is based on, its record has been.
#include <algorithm>

#include "e2e/checkers/invariants.hpp"

namespace studiosync::e2e::judging {
namespace {

// Restores and resets take no version away: somebody may have met it before.
bool has_been(const Facts& facts, const RecordFacts& record, const Rev& base) {
  const auto reaches = [&](const Rev& rev) {
    return rev.epoch == base.epoch && rev.version >= base.version;
  };
  return std::ranges::any_of(record.learned, reaches, &Learned::rev) ||
         std::ranges::any_of(record.commits, [&](Index commit) {
           return reaches(facts.commits[commit].row().rev);
         });
}

}  // namespace

void base_ahead(const Facts& facts, Report& report) {
  for (const Freeze& freeze : facts.freezes) {
    const Rev& base = freeze.what->base;
    const RecordFacts& record = facts.record(freeze.record);
    const UserFacts* user = facts.user(record.user);
    if (!base.version || user == nullptr || !user->whole_log) continue;
    if (has_been(facts, record, base)) continue;
    report.add(freeze.event, freeze.record,
               "a change is based on " + shown(base) + ", which nobody has seen");
  }
}

}  // namespace studiosync::e2e::judging
