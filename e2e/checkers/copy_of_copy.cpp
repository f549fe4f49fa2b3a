// A copy's name is numbered, not nested.
#include "e2e/checkers/invariants.hpp"

namespace studiosync::e2e::judging {
namespace {

bool nested(std::string_view content) {
  constexpr std::string_view mark = "(conflicted copy";
  for (const MemberText& member : members_of(content)) {
    const std::size_t first = member.value.find(mark);
    if (first == std::string_view::npos) continue;
    if (member.value.find(mark, first + 1) != std::string_view::npos) return true;
  }
  return false;
}

}  // namespace

void copy_of_copy(const Facts& facts, Report& report) {
  for (const Commit& commit : facts.commits) {
    if (commit.row().type == EntityType::conflict || !nested(commit.row().content)) continue;
    report.add(commit.event, commit.record, "a copy of a conflicted copy");
  }
  if (facts.has_commits()) return;
  for (Index i = 0; i < facts.records.size(); ++i) {
    const RecordFacts& record = facts.records[i];
    const bool live = record.served != nullptr && record.type != EntityType::conflict;
    if (!live || !nested(record.served->content)) continue;
    report.add(facts.user(record.user)->last_event, static_cast<RecordNo>(i),
               "a copy of a conflicted copy");
  }
}

}  // namespace studiosync::e2e::judging
