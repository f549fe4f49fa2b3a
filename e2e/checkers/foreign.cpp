// Users never meet each other's texts.
#include <cctype>

#include "e2e/checkers/invariants.hpp"

namespace studiosync::e2e::judging {
namespace {

// A text as workloads write it once only: it holds a token `v` and a number.
bool unique_text(std::string_view value) {
  if (!value.starts_with('"')) return false;
  for (auto at = value.find('v'); at != value.npos; at = value.find('v', at + 1)) {
    const bool more = at + 1 < value.size();
    if (more && std::isdigit(static_cast<unsigned char>(value[at + 1])) != 0) return true;
  }
  return false;
}

class Owners {
 public:
  Owners(const Facts& facts, Report& report) : facts_(facts), report_(report) {
    owners_.resize(facts.contents.values());
    for (const Edit& edit : facts.edits) {
      for (const FieldChange& change : edit.changes) note(change.to, edit.what->user);
    }
  }

  void run() {
    if (facts_.users.size() < 2) return;
    for (const Commit& commit : facts_.commits) {
      judge(commit.event, commit.record, *commit.content);
      judge_author(commit);
    }
    for (Index i = 0; i < facts_.records.size(); ++i) {
      for (const Holding& holding : facts_.records[i].holdings) {
        const Index event = holding.lane == none ? facts_.user(facts_.records[i].user)->last_event
                                                 : facts_.lanes[holding.lane].last_event;
        judge(event, static_cast<RecordNo>(i), *holding.content);
      }
    }
    judge_devices();
  }

 private:
  struct Owner {
    std::string_view user;
    bool shared = false;  // two users wrote the same
  };

  void note(ValueNo value, std::string_view user) {
    Owner& owner = owners_[static_cast<std::size_t>(value)];
    if (owner.user.empty()) {
      owner = {user, !unique_text(facts_.contents.text(value))};
    } else if (owner.user != user) {
      owner.shared = true;
    }
  }

  void judge(Index event, RecordNo record, const Content& content) {
    for (const Field& field : content.fields()) {
      const auto number = static_cast<std::size_t>(field.value);
      const Owner& owner = owners_[number];
      if (owner.shared || owner.user.empty() || owner.user == facts_.record(record).user) continue;
      report_.add(event, record,
                  std::string(facts_.contents.name(field.name)) + " is a text of user " +
                      std::string(owner.user));
      return;
    }
  }

  // A row written by another user's change.
  void judge_author(const Commit& commit) {
    if (commit.change == none) return;
    for (const Index at : facts_.changes[commit.change].edits) {
      if (facts_.edits[at].what->user == commit.what->user) return;
    }
    if (facts_.changes[commit.change].edits.empty()) return;
    report_.add(commit.event, commit.record, "written by a change of another user");
  }

  // Also what a synced device merely shows.
  void judge_devices() {
    for (const LaneFacts& lane : facts_.lanes) {
      if (lane.last == nullptr) continue;
      for (const DeviceRecord& kept : lane.last->records) judge(lane, kept);
    }
  }

  void judge(const LaneFacts& lane, const DeviceRecord& kept) {
    const auto record = facts_.find(lane.last->user, kept.type, kept.id);
    if (!record) return;
    for (const MemberText& member : members_of(kept.content)) {
      const auto value = facts_.contents.find_value(member.value);
      if (!value) continue;
      const Owner& owner = owners_[static_cast<std::size_t>(*value)];
      if (owner.shared || owner.user.empty() || owner.user == lane.last->user) continue;
      report_.add(lane.last_event, *record,
                  "the device shows a text of user " + std::string(owner.user));
      return;
    }
  }

  const Facts& facts_;
  Report& report_;
  std::vector<Owner> owners_;  // by value
};

}  // namespace

void foreign(const Facts& facts, Report& report) {
  Owners(facts, report).run();
}

}  // namespace studiosync::e2e::judging
