// Each change has its effect once in one history of the server.
#include <algorithm>

#include "e2e/checkers/invariants.hpp"

namespace studiosync::e2e::judging {
namespace {

// Whether a server that was restored before may be taking back what it lost.
bool given_back(const Facts& facts, const Commit& commit) {
  return !facts.server_restores.empty() && facts.server_restores.front() < commit.event;
}

// Whether another change met the record just then: what lost is written before what won.
bool beside_a_conflict(const Facts& facts, const Commit& commit) {
  const WallTime when = facts.event(commit.event).at;
  return std::ranges::any_of(facts.record(commit.record).disputes, [&](Index dispute) {
    const Commit& conflict = facts.commits[facts.disputes[dispute].commit];
    return conflict.event < commit.event && facts.event(conflict.event).at == when &&
           conflict.change != commit.change;
  });
}

// A record that met a delete, or what a restored server is given back, in vain: it is written once
// more as it was, in its author's name, with a version that exceeds both.
bool held_its_ground(const Facts& facts, const Commit& commit) {
  if (commit.before == none) return false;
  const Commit& before = facts.commits[commit.before];
  return before.content == commit.content && before.row().deleted == commit.row().deleted &&
         (given_back(facts, commit) || beside_a_conflict(facts, commit));
}

bool between(Index event, const Commit& first, const Commit& second) {
  return event != none && first.event < event && event < second.event;
}

// Nothing came between that took the first effect away.
bool repeats(const Commit& first, const Commit& second) {
  return first.record == second.record && !between(first.undone, first, second) &&
         !between(first.cleared, first, second);
}

}  // namespace

void applied_twice(const Facts& facts, Report& report) {
  for (const Change& change : facts.changes) {
    for (auto second = change.commits.begin(); second != change.commits.end(); ++second) {
      const Commit& commit = facts.commits[*second];
      const Record& row = commit.row();
      // Retention and conflicts write in the name of the record's last author.
      if (row.type == EntityType::conflict || absorbing(row) || held_its_ground(facts, commit))
        continue;
      const bool twice = std::any_of(change.commits.begin(), second, [&](Index first) {
        return repeats(facts.commits[first], commit);
      });
      if (!twice) continue;
      report.add(commit.event, commit.record,
                 "change " + to_string(change.id) + " was applied before");
    }
  }
}

}  // namespace studiosync::e2e::judging
