#include "e2e/checkers/server_replay.hpp"

namespace studiosync::e2e::judging {
namespace {

void clear(Facts& facts, RecordFacts& record, Index event) {
  if (record.current == none) return;
  for (const Index at : record.commits) {
    Commit& commit = facts.commits[at];
    if (commit.cleared == none) commit.cleared = event;
  }
  record.current = none;
}

void reset(Facts& facts, const Turn& turn) {
  for (UserFacts& user : facts.users) {
    if (user.name == turn.what->user) user.resets.push_back(turn.event);
  }
  for (RecordFacts& record : facts.records) {
    if (record.user == turn.what->user) clear(facts, record, turn.event);
  }
}

void collect(Facts& facts, const Turn& turn) {
  for (RecordFacts& record : facts.records) {
    const bool theirs = turn.what->user.empty() || record.user == turn.what->user;
    if (!theirs || record.current == none) continue;
    const Record& row = facts.commits[record.current].row();
    if (row.deleted && row.seq <= turn.what->seq) clear(facts, record, turn.event);
  }
}

}  // namespace

void ServerReplay::committed(Facts& facts, Index commit) {
  Commit& made = facts.commits[commit];
  RecordFacts& record = facts.record(made.record);
  made.before = record.current;
  record.current = commit;
  record.commits.push_back(commit);
}

void ServerReplay::turned(Facts& facts, const Turn& turn) {
  switch (turn.what->what) {
    case Turned::What::backed_up:
      if (facts.lane(turn.lane).name == "server") backup_ = turn.event;
      return;
    case Turned::What::restored:
      if (facts.lane(turn.lane).name == "server") restore(facts, turn.event);
      return;
    case Turned::What::reset:
      return reset(facts, turn);
    case Turned::What::collected:
      return collect(facts, turn);
    default:
      return;
  }
}

void ServerReplay::restore(Facts& facts, Index event) {
  facts.server_restores.push_back(event);
  if (backup_ == none) return;
  for (RecordFacts& record : facts.records) {
    record.current = none;
    for (const Index at : record.commits) {
      Commit& commit = facts.commits[at];
      if (commit.event > backup_ && commit.undone == none) commit.undone = event;
      const bool cleared = commit.cleared != none && commit.cleared < backup_;
      if (commit.undone == none && !cleared) record.current = at;
    }
  }
}

}  // namespace studiosync::e2e::judging
