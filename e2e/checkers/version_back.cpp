// A record's versions rise from row to row; only a restore of the server takes some back.
#include "e2e/checkers/invariants.hpp"

namespace studiosync::e2e::judging {

void version_back(const Facts& facts, Report& report) {
  for (const Commit& commit : facts.commits) {
    if (commit.before == none) continue;
    const Rev& before = facts.commits[commit.before].row().rev;
    const Rev& now = commit.row().rev;
    if (before.version < now.version) continue;
    report.add(commit.event, commit.record, shown(now) + " was written over " + shown(before));
  }
}

}  // namespace studiosync::e2e::judging
