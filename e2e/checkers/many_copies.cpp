// A losing change leaves one conflicted copy, on whatever way and however often it came.
#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
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

// What lost against another when this copy was made; none where nobody says. Two records may hold
// equal texts, and each may lose its own.
std::optional<RecordNo> loser(const Facts& facts, const RecordFacts& copy) {
  for (const Index at : copy.commits) {
    const Index by = facts.commits[at].change;
    if (by == none) continue;
    const Change& change = facts.changes[by];
    if (!change.freezes.empty()) return facts.freezes[change.freezes.front()].record;
    if (!change.acks.empty()) return facts.acks[change.acks.front()].record;
  }
  return {};
}

// One text of one record, kept under two ids.
void judge_end(const Facts& facts, Report& report) {
  std::map<std::tuple<std::string_view, RecordNo, const Content*>, RecordNo> seen;
  for (Index i = 0; i < facts.records.size(); ++i) {
    const RecordFacts& record = facts.records[i];
    const auto now = std::ranges::find(record.holdings, Holding::Where::server, &Holding::where);
    if (now == record.holdings.end() || !record.edits.empty()) continue;
    if (!is_copy(facts, *now->content)) continue;
    const std::optional<RecordNo> of = loser(facts, record);
    if (!of) continue;
    const auto number = static_cast<RecordNo>(i);
    const auto [at, fresh] = seen.try_emplace({record.user, *of, now->content}, number);
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
