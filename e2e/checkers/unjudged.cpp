// Which rules had nothing to look at.
#include "e2e/checkers/check.hpp"
#include "e2e/checkers/facts.hpp"

namespace studiosync::e2e {

std::vector<std::string> unjudged(const History& history) {
  const judging::Facts facts = judging::facts_of(history);
  std::vector<std::string> missing;
  if (!facts.has_commits()) {
    missing.push_back(
        "no rows that the server wrote: order, versions, durability, copies that were made twice");
  }
  if (facts.freezes.empty() && facts.acks.empty()) {
    missing.push_back(
        "nothing that was sent and answered: streams, deletes that come back, what turned private");
  }
  if (facts.moves.empty()) missing.push_back("no movements of cursors: whether rows were skipped");
  for (const judging::UserFacts& user : facts.users) {
    if (user.last != nullptr) continue;
    missing.push_back("what the server has of " + std::string(user.name) +
                      " at the end: lost edits, returned records, divergence");
  }
  for (const judging::LaneFacts& lane : facts.lanes) {
    if (lane.last != nullptr || lane.name == "server" || lane.name == "network") continue;
    missing.push_back("what " + std::string(lane.name) +
                      " holds at the end: its unanswered edits, its agreement with the server");
  }
  return missing;
}

}  // namespace studiosync::e2e
