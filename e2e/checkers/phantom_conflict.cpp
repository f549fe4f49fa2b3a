// Two sides that are equal are no conflict.
#include <algorithm>

#include "e2e/checkers/invariants.hpp"

namespace studiosync::e2e::judging {

void phantom_conflict(const Facts& facts, Report& report) {
  for (const Dispute& dispute : facts.disputes) {
    const Commit& commit = facts.commits[dispute.commit];
    // An open one may become equal later, by what its sides write meanwhile.
    if (commit.row().rev.version != Version{1}) continue;
    if (dispute.local != dispute.remote) continue;
    if (dispute.local_deleted != dispute.remote_deleted) continue;
    report.add(commit.event, dispute.item, "a conflict of a text with itself");
  }
}

}  // namespace studiosync::e2e::judging
