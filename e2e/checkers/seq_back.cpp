// Every row gets a larger seq than all rows of its user before it; a restore gives some out again.
#include "e2e/checkers/invariants.hpp"

namespace studiosync::e2e::judging {
namespace {

bool undone_before(const Commit& commit, const Commit& later) {
  return commit.undone != none && commit.undone < later.event;
}

bool reset_between(const UserFacts& user, const Commit& first, const Commit& second) {
  for (const Index reset : user.resets) {
    if (first.event < reset && reset < second.event) return true;
  }
  return false;
}

}  // namespace

void seq_back(const Facts& facts, Report& report) {
  for (const UserFacts& user : facts.users) {
    std::vector<Index> log;
    for (const Index at : user.commits) {
      const Commit& commit = facts.commits[at];
      while (!log.empty() && undone_before(facts.commits[log.back()], commit)) log.pop_back();
      if (!log.empty() && !reset_between(user, facts.commits[log.back()], commit)) {
        const Seq last = facts.commits[log.back()].row().seq;
        if (commit.row().seq <= last) {
          report.add(commit.event, commit.record,
                     "seq " + std::to_string(commit.row().seq.value) + " follows seq " +
                         std::to_string(last.value));
        }
      }
      log.push_back(at);
    }
  }
}

}  // namespace studiosync::e2e::judging
