// A change that is sent again gets its first answer again.
#include "e2e/checkers/invariants.hpp"

namespace studiosync::e2e::judging {
namespace {

bool restored_between(const Facts& facts, Index from, Index to) {
  for (const Index restore : facts.server_restores) {
    if (from < restore && restore < to) return true;
  }
  return false;
}

// An answer may lie on its way while the server is restored.
Index first_sent(const Facts& facts, const Change& change, const Ack& first) {
  return change.freezes.empty() ? first.event : facts.freezes[change.freezes.front()].event;
}

bool same_answer(const Ack& a, const Ack& b) {
  if (a.outcome() != b.outcome() || a.what->copy_id != b.what->copy_id) return false;
  return a.what->conflict_id == b.what->conflict_id;
}

}  // namespace

void answer_changed(const Facts& facts, Report& report) {
  for (const Change& change : facts.changes) {
    for (std::size_t i = 1; i < change.acks.size(); ++i) {
      const Ack& first = facts.acks[change.acks[i - 1]];
      const Ack& second = facts.acks[change.acks[i]];
      if (!first.accepted() || same_answer(first, second)) continue;
      if (restored_between(facts, first_sent(facts, change, first), second.event)) continue;
      report.add(second.event, second.record,
                 "change " + to_string(change.id) + " was answered `" +
                     std::string(to_string(second.outcome())) + "`, and before that `" +
                     std::string(to_string(first.outcome())) + "`");
    }
  }
}

}  // namespace studiosync::e2e::judging
