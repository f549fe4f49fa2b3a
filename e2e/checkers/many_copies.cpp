// A losing change leaves one conflicted copy, on whatever way and however often it came.
#include <algorithm>
#include <map>
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

// The change that lost against another when this copy was made; null where nobody says.
const Change* maker(const Facts& facts, const RecordFacts& copy) {
  for (const Index at : copy.commits) {
    const Index by = facts.commits[at].change;
    if (by == none) continue;
    const Change& change = facts.changes[by];
    if (!change.freezes.empty() || !change.acks.empty()) return &change;
  }
  return nullptr;
}

// Two records may hold equal texts, and each may lose its own.
RecordNo loser(const Facts& facts, const Change& maker) {
  if (!maker.freezes.empty()) return facts.freezes[maker.freezes.front()].record;
  return facts.acks[maker.acks.front()].record;
}

// Whether a user's edits are behind both, and others each: he may write one text twice.
bool of_two_edits(const Change& a, const Change& b) {
  return !a.edits.empty() && !b.edits.empty() && std::ranges::none_of(a.edits, [&](Index edit) {
    return std::ranges::find(b.edits, edit) != b.edits.end();
  });
}

// One text of one record, kept under two ids.
void judge_end(const Facts& facts, Report& report) {
  struct Copy {
    RecordNo number{};
    const Change* maker;
  };
  std::map<std::tuple<std::string_view, RecordNo, const Content*>, std::vector<Copy>> seen;
  for (Index i = 0; i < facts.records.size(); ++i) {
    const RecordFacts& record = facts.records[i];
    const auto now = std::ranges::find(record.holdings, Holding::Where::server, &Holding::where);
    if (now == record.holdings.end() || !record.edits.empty()) continue;
    if (!is_copy(facts, *now->content)) continue;
    const Change* made_by = maker(facts, record);
    if (made_by == nullptr) continue;
    const Copy copy{static_cast<RecordNo>(i), made_by};
    std::vector<Copy>& others = seen[{record.user, loser(facts, *made_by), now->content}];
    const auto same = std::ranges::find_if(
        others, [&](const Copy& other) { return !of_two_edits(*other.maker, *made_by); });
    if (same != others.end()) {
      report.add(facts.user(record.user)->last_event, copy.number,
                 "a second copy of the same text as " + std::string(facts.record(same->number).id));
    }
    others.push_back(copy);
  }
}

}  // namespace

void many_copies(const Facts& facts, Report& report) {
  judge_changes(facts, report);
  if (!edits_multiply(facts)) judge_end(facts, report);
}

}  // namespace studiosync::e2e::judging
