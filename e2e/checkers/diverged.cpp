// Devices that say they are synced show what the server has, and each other's records.
#include <algorithm>

#include "e2e/checkers/holdings.hpp"
#include "e2e/checkers/invariants.hpp"
#include "e2e/checkers/redaction.hpp"

namespace studiosync::e2e::judging {
namespace {

class Comparison {
 public:
  Comparison(const Facts& facts, const LaneFacts& lane, const ServerState& server, Report& report)
      : facts_(facts), lane_(lane), server_(server), report_(report) {}

  void run() {
    judge_cursor();
    std::unordered_map<RecordNo, const DeviceRecord*> kept;
    for (const DeviceRecord& record : lane_.last->records) {
      if (const auto number = facts_.find(server_.user, record.type, record.id)) {
        kept.emplace(*number, &record);
        judge_kept(*number, record);
      }
    }
    for (const Record& row : server_.rows) {
      const auto number = facts_.find(server_.user, row.type, row.id);
      if (row.deleted || !number || kept.contains(*number)) continue;
      if (refused(row, Action::remove)) continue;  // hidden until the user has decided
      report_.add(lane_.last_event, *number, "the server has it, and the device does not");
    }
  }

 private:
  void judge_cursor() {
    const Cursor& cursor = lane_.last->cursor;
    const bool behind =
        cursor.seq < server_.numbers.head || cursor.generation != server_.numbers.generation;
    if (!behind || !server_.numbers.head) return;
    report_.add(lane_.last_event, lane_.last->user,
                "says it is synced at seq " + std::to_string(cursor.seq.value) +
                    ", and the server is at " + std::to_string(server_.numbers.head.value));
  }

  void judge_kept(RecordNo number, const DeviceRecord& kept) {
    if (kept.local_only || kept.edit || kept.in_flight) return;
    const Record* row = facts_.record(number).served;
    const bool live = row != nullptr && !row->deleted;
    if (!live) {
      if (kept.content.empty() || refused(kept, Action::upsert)) return;
      report_.add(lane_.last_event, number, "the device shows it, and the server has it not");
    } else if (kept.content.empty()) {
      if (refused(kept, Action::remove)) return;
      report_.add(lane_.last_event, number, "the server has it, and the device shows nothing");
    } else if (!kept.shadow || kept.shadow->rev != row->rev) {
      report_.add(lane_.last_event, number,
                  "the device knows " + (kept.shadow ? shown(kept.shadow->rev) : "no version") +
                      ", and the server has " + shown(row->rev));
    } else {
      judge_content(number, kept, *row);
    }
  }

  // Of a record as the device keeps it, or as the server has it.
  template <class Item>
  bool refused(const Item& item, Action action) const {
    return std::ranges::any_of(lane_.last->rejected, [&](const RejectedChange& rejected) {
      const FrozenChange& change = rejected.change;
      return change.type == item.type && change.id == item.id && change.action == action;
    });
  }

  // The last refused text of which the device says that the record shows the field; null where
  // none.
  const FrozenChange* shown_text(const DeviceRecord& kept, std::string_view field) const {
    const FrozenChange* last = nullptr;
    for (const RejectedChange& rejected : lane_.last->rejected) {
      const FrozenChange& change = rejected.change;
      const bool here = change.type == kept.type && change.id == kept.id;
      if (here && std::ranges::count(rejected.shown, field) != 0) last = &change;
    }
    return last;
  }

  void judge_content(RecordNo number, const DeviceRecord& kept, const Record& row) {
    if (kept.content == row.content && !refused(kept, Action::upsert)) return;
    for (const MemberText& member : members_of(kept.content)) {
      judge_field(number, kept, row, member.name);
    }
    for (const MemberText& member : members_of(row.content)) {
      if (member_of(kept.content, member.name).empty()) {
        judge_field(number, kept, row, member.name);
      }
    }
  }

  void judge_field(RecordNo number, const DeviceRecord& kept, const Record& row,
                   std::string_view field) {
    if (std::ranges::find(kept.redacted, field) != kept.redacted.end()) return;
    const std::string_view shown = member_of(kept.content, field);
    const FrozenChange* refused = shown_text(kept, field);
    const std::string_view expected = member_of(refused ? refused->content : row.content, field);
    // A refused text is as it was sent.
    if (shown == expected || (refused && redaction_of(shown, expected))) return;
    report_.add(lane_.last_event, number,
                "the device shows another " + std::string(field) +
                    (refused ? " than the refused text" : " than the server has"));
  }

  const Facts& facts_;
  const LaneFacts& lane_;
  const ServerState& server_;
  Report& report_;
};

}  // namespace

void diverged(const Facts& facts, Report& report) {
  for (const LaneFacts& lane : facts.lanes) {
    if (lane.last == nullptr || !at_rest(*lane.last)) continue;
    const UserFacts* user = facts.user(lane.last->user);
    if (user == nullptr || user->last == nullptr) continue;
    Comparison(facts, lane, *user->last, report).run();
  }
}

}  // namespace studiosync::e2e::judging
