// A rev names one content, wherever and whenever it is met, and its fields have one age each.
#include <algorithm>
#include <map>
#include <tuple>

#include "e2e/checkers/invariants.hpp"

namespace studiosync::e2e::judging {
namespace {

class Revs {
 public:
  Revs(const Facts& facts, Report& report) : facts_(facts), report_(report) {}

  void run() {
    for (const Commit& commit : facts_.commits) meet(commit.event, commit.record, commit.row());
    for (const UserFacts& user : facts_.users) {
      if (user.last == nullptr) continue;
      for (const Record& row : user.last->rows) meet(user.last_event, user.name, row);
    }
    for (std::size_t number = 0; number < facts_.lanes.size(); ++number) {
      const LaneFacts& lane = facts_.lanes[number];
      if (lane.last == nullptr) continue;
      for (const DeviceRecord& kept : lane.last->records) {
        if (!kept.shadow) continue;
        meet(lane.last_event, lane.last->user, *kept.shadow, static_cast<LaneNo>(number));
      }
    }
  }

 private:
  struct Key {
    RecordNo record;
    Rev rev;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    std::size_t operator()(const Key& key) const noexcept {
      return (static_cast<std::size_t>(key.record) * 31 + key.rev.version.value) ^
             (key.rev.epoch.value * 0x9E3779B97F4A7C15ULL);
    }
  };

  void meet(Index event, std::string_view user, const Record& row,
            std::optional<LaneNo> lane = {}) {
    if (const auto number = facts_.find(user, row.type, row.id)) meet(event, *number, row, lane);
  }

  void meet(Index event, RecordNo record, const Record& row, std::optional<LaneNo> lane = {}) {
    const auto [at, fresh] = seen_.try_emplace({record, row.rev}, &row);
    const Record& first = *at->second;
    if (first.deleted != row.deleted || first.content != row.content) {
      report_.add(event, record, shown(row.rev) + " has two contents");
    } else if (first.origin == row.origin && first.field_versions != row.field_versions) {
      if (lane && answered(*lane, record, row.rev)) return;
      report_.add(event, record, "fields of " + shown(row.rev) + " have two ages");
    }
  }

  // A device works the ages out by itself where it hears of a version by an answer, and passes them
  // on to its clones.
  bool answered(LaneNo lane, RecordNo record, const Rev& rev) const {
    const bool here = std::ranges::any_of(facts_.acks, [&](const Ack& ack) {
      return ack.record == record && ack.what->rev == rev && ack.lane == lane;
    });
    if (here) return true;
    const auto cloning = facts_.cloning(lane);
    return cloning && answered(cloning->original, record, rev);
  }

  const Facts& facts_;
  Report& report_;
  std::unordered_map<Key, const Record*, KeyHash> seen_;
};

}  // namespace

void rev_reused(const Facts& facts, Report& report) {
  Revs(facts, report).run();
}

}  // namespace studiosync::e2e::judging
