// A losing change leaves one conflicted copy, on whatever way and however often it came.
#include <algorithm>
#include <map>
#include <vector>

#include "e2e/checkers/invariants.hpp"

namespace studiosync::e2e::judging {
namespace {

constexpr std::string_view mark = "(conflicted copy - ";

bool is_copy(const Facts& facts, const Content& content) {
  return std::ranges::any_of(content.fields(), [&](const Field& field) {
    return facts.contents.text(field.value).find(mark) != std::string_view::npos;
  });
}

void judge_changes(const Facts& facts, Report& report) {
  for (const Change& change : facts.changes) {
    std::vector<RecordNo> made;
    for (const Index at : change.commits) {
      const Commit& commit = facts.commits[at];
      const bool record = commit.row().type != EntityType::conflict;
      const bool copy = record && commit.before == none && commit.undone == none &&
                        !commit.row().deleted && is_copy(facts, *commit.content);
      if (copy && std::ranges::find(made, commit.record) == made.end()) {
        made.push_back(commit.record);
      }
      if (made.size() < 2 || made.back() != commit.record) continue;
      report.add(commit.event, commit.record, "one more copy of change " + to_string(change.id));
    }
  }
}

// Devices that were set back or cloned may send one edit as two changes.
bool edits_multiply(const Facts& facts) {
  return std::ranges::any_of(facts.turns, [&](const Turn& turn) {
    return turn.what->what == Turned::What::cloned ||
           (turn.what->what == Turned::What::restored && facts.lane(turn.lane).name != "server");
  });
}

// One text of one device, kept under two ids.
void judge_end(const Facts& facts, Report& report) {
  std::map<std::pair<std::string_view, const Content*>, RecordNo> seen;
  for (Index i = 0; i < facts.records.size(); ++i) {
    const RecordFacts& record = facts.records[i];
    const auto now = std::ranges::find(record.holdings, Holding::Where::server, &Holding::where);
    if (now == record.holdings.end() || !record.edits.empty()) continue;
    if (!is_copy(facts, *now->content)) continue;
    const auto number = static_cast<RecordNo>(i);
    const auto [at, fresh] = seen.try_emplace({record.user, now->content}, number);
    if (fresh) continue;
    report.add(facts.user(record.user)->last_event, number,
               "a second copy of the same text as " + std::string(facts.record(at->second).id));
  }
}

}  // namespace

void many_copies(const Facts& facts, Report& report) {
  judge_changes(facts, report);
  if (!edits_multiply(facts)) judge_end(facts, report);
}

}  // namespace studiosync::e2e::judging
