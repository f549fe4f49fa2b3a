// What a replica wrote before is no conflict with what it writes now.
#include <algorithm>
#include <utility>

#include "e2e/checkers/invariants.hpp"

namespace studiosync::e2e::judging {
namespace {

class Echoes {
 public:
  Echoes(const Facts& facts, Report& report) : facts_(facts), report_(report) {}

  void run() {
    for (const Dispute& dispute : facts_.disputes) {
      const Commit& commit = facts_.commits[dispute.commit];
      const bool made = commit.change != none && commit.row().rev.version == Version{1};
      const bool contents = !dispute.local_deleted && !dispute.remote_deleted;
      // What was said stays said: every later text of a message is a conflict.
      if (facts_.record(dispute.item).type == EntityType::ai_message) continue;
      if (!made || !contents || dispute.local == dispute.remote) continue;
      if (!outlived_a_delete(dispute, commit)) judge(dispute, commit);
    }
  }

 private:
  // A clone has its original's replica until the server tells them apart.
  struct Sender {
    LaneNo lane{};
    ReplicaId replica;
    bool operator==(const Sender&) const = default;
  };

  // The delete is what the later edit meets, though all texts are its author's own.
  bool outlived_a_delete(const Dispute& dispute, const Commit& commit) const {
    return std::ranges::any_of(facts_.record(dispute.item).disputes, [&](Index at) {
      const Dispute& earlier = facts_.disputes[at];
      return earlier.local_deleted && facts_.commits[earlier.commit].event < commit.event;
    });
  }

  void judge(const Dispute& dispute, const Commit& commit) {
    const auto from = sender(commit);
    if (!from) return;
    for (const Field& field : dispute.remote->fields()) {
      const bool differs = dispute.local->value(field.name) != field.value;
      if (differs && !wrote_last(*from, dispute, field, commit)) return;
    }
    for (const Field& field : dispute.local->fields()) {
      const bool only_here = dispute.remote->value(field.name) == ValueNo::absent;
      const Field gone{field.name, ValueNo::absent};
      if (only_here && !wrote_last(*from, dispute, gone, commit)) return;
    }
    report_.add(commit.event, dispute.item,
                "a conflict with nothing but the device's own earlier changes");
  }

  // Whether the replica gave the field its value on the server.
  bool wrote_last(const Sender& from, const Dispute& dispute, const Field& field,
                  const Commit& conflict) const {
    const std::vector<Index>& commits = facts_.record(dispute.item).commits;
    Index writer = none;
    ValueNo value = ValueNo::absent;
    bool gone = false;
    for (const Index at : commits) {
      const Commit& commit = facts_.commits[at];
      if (commit.event >= conflict.event) break;
      if (commit.change == conflict.change || commit.undone < conflict.event) continue;
      const ValueNo now = commit.content->value(field.name);
      // Whoever makes a record anew says of each field whether it is there.
      const bool anew = std::exchange(gone, commit.row().deleted) && !gone;
      const bool written = writer == none || now != value || anew;
      if (written || given_back_later(commit, writer, field)) writer = at;
      value = now;
    }
    return writer != none && value == field.value && wrote(from, facts_.commits[writer], field) &&
           !set_back(facts_.commits[writer], conflict);
  }

  // A restore undid what was in between, and the value was the same before and after: the row alone
  // says that somebody wrote it since.
  bool given_back_later(const Commit& commit, Index writer, const Field& field) const {
    if (commit.change != none) return false;
    const std::string_view name = facts_.contents.name(field.name);
    return commit.row().last_change_of(name).version > facts_.commits[writer].row().rev.version;
  }

  // A value that a merge made is nobody's.
  bool wrote(const Sender& from, const Commit& commit, const Field& field) const {
    if (sender(commit) != from) return false;
    return std::ranges::any_of(facts_.changes[commit.change].edits, [&](Index at) {
      return facts_.edits[at].after->value(field.name) == field.value;
    });
  }

  // Whoever was set back to before a change does not know it.
  bool set_back(const Commit& written, const Commit& conflict) const {
    return std::ranges::any_of(facts_.changes[conflict.change].freezes, [&](Index at) {
      const LaneFacts& lane = facts_.lane(facts_.freezes[at].lane);
      return std::ranges::any_of(lane.restores, [&](const auto& setback) {
        return setback.second > written.event && setback.second < conflict.event;
      });
    });
  }

  // The replica in whose stream the change came: after a fork it goes on in another one.
  std::optional<Sender> sender(const Commit& commit) const {
    if (commit.change == none) return std::nullopt;
    std::optional<Sender> last;
    for (const Index at : facts_.changes[commit.change].freezes) {
      const Freeze& freeze = facts_.freezes[at];
      if (freeze.event < commit.event) last = {freeze.lane, freeze.what->replica};
    }
    return last;
  }

  const Facts& facts_;
  Report& report_;
};

}  // namespace

void echo_conflict(const Facts& facts, Report& report) {
  Echoes(facts, report).run();
}

}  // namespace studiosync::e2e::judging
