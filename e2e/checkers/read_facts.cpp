// One pass over the history fills the lists.
#include <algorithm>
#include <map>

#include "e2e/checkers/facts.hpp"
#include "e2e/checkers/holdings.hpp"
#include "e2e/checkers/lane_replay.hpp"
#include "e2e/checkers/lines.hpp"
#include "e2e/checkers/server_replay.hpp"

namespace studiosync::e2e::judging {
namespace {

bool is_true(std::string_view value) {
  return value == "true";
}

class Reader {
 public:
  explicit Reader(const History& history) { facts_.history = &history; }

  Facts run() {
    const History& history = *facts_.history;
    for (at_ = 0; at_ < history.size(); ++at_) {
      lane_ = lane_number(history[at_].lane);
      std::visit([this](const auto& what) { read(what); }, history[at_].what);
    }
    collect_holdings(facts_);
    draw_lines(facts_);
    return std::move(facts_);
  }

 private:
  struct Backup {
    Index event;
    LaneReplay replay;
  };

  // Few lanes: a linear search is enough.
  LaneNo lane_number(std::string_view name) {
    for (Index i = 0; i < facts_.lanes.size(); ++i) {
      if (facts_.lanes[i].name == name) return LaneNo{static_cast<std::uint32_t>(i)};
    }
    facts_.lanes.push_back({.name = name});
    replays_.emplace_back();
    return LaneNo{static_cast<std::uint32_t>(facts_.lanes.size() - 1)};
  }

  Index change(const ChangeId& id) {
    const auto [at, fresh] = change_numbers_.try_emplace(id, facts_.changes.size());
    if (fresh) facts_.changes.push_back({.id = id});
    return at->second;
  }

  LaneReplay& replay() { return replays_[index(lane_)]; }
  LaneFacts& lane() { return facts_.lanes[index(lane_)]; }

  // What was said before is not what holds at the end.
  void goes_on() {
    lane().last = nullptr;
    lane().last_event = none;
  }

  void read(const Edited& what) {
    goes_on();
    Edit edit{.event = at_,
              .lane = lane_,
              .record = facts_.number(what.user, what.type, what.id),
              .what = &what,
              .before = &facts_.contents.of(what.before),
              .after = &facts_.contents.of(what.after)};
    facts_.owner(what.user);
    note_changes(edit);
    facts_.record(edit.record).edits.push_back(facts_.edits.size());
    facts_.edits.push_back(std::move(edit));
    replay().edited(facts_, facts_.edits.size() - 1);
  }

  static void note_changes(Edit& edit) {
    for (const Field& field : edit.before->fields()) {
      const ValueNo now = edit.after->value(field.name);
      if (now != field.value) edit.changes.push_back({field.name, field.value, now});
    }
    for (const Field& field : edit.after->fields()) {
      const bool fresh = edit.before->value(field.name) == ValueNo::absent;
      if (fresh) edit.changes.push_back({field.name, ValueNo::absent, field.value});
    }
  }

  void read(const FrozenEdit& what) {
    goes_on();
    const auto [of_lane, fresh] = lane_users_.try_emplace(lane_, std::string_view());
    if (of_lane->second.empty()) of_lane->second = user_of_lane();
    if (fresh && !lane().edits_known) lane().edits_known = what.seq == DeviceSeq{1} && has_edits();
    const Index number = change(what.change);
    facts_.changes[number].freezes.push_back(facts_.freezes.size());
    facts_.freezes.push_back({.event = at_,
                              .lane = lane_,
                              .record = facts_.number(of_lane->second, what.type, what.id),
                              .change = number,
                              .what = &what});
    replay().froze(facts_, facts_.freezes.size() - 1);
  }

  bool has_edits() const {
    return std::ranges::any_of(*facts_.history, [](const Event& event) {
      return std::holds_alternative<Edited>(event.what);
    });
  }

  // A frozen change does not say whose it is: its lane's other events do.
  std::string_view user_of_lane() const {
    for (const Event& event : *facts_.history) {
      if (event.lane != facts_.lanes[index(lane_)].name) continue;
      const std::string_view name =
          std::visit([](const auto& what) { return user_in(what); }, event.what);
      if (!name.empty()) return name;
    }
    return {};
  }

  template <class What>
  static std::string_view user_in(const What& what) {
    if constexpr (requires { what.user; }) return what.user;
    return {};
  }

  void read(const Acknowledged& what) {
    goes_on();
    const RecordNo number = facts_.number(what.user, what.type, what.id);
    if (!what.copy_id.empty()) facts_.number(what.user, what.type, what.copy_id);
    const Index at = change(what.change);
    facts_.changes[at].acks.push_back(facts_.acks.size());
    facts_.acks.push_back(
        {.event = at_, .lane = lane_, .record = number, .change = at, .what = &what});
    if (what.rev.version && facts_.acks.back().accepted()) {
      facts_.record(number).learned.push_back({at_, lane_, what.rev});
    }
    replay().answered(facts_, facts_.acks.size() - 1);
  }

  void read(const Moved& what) {
    goes_on();
    facts_.owner(what.user);
    Move move{.event = at_, .lane = lane_, .what = &what};
    move.records.reserve(what.rows.size());
    for (const Moved::Row& row : what.rows) {
      const RecordNo number = facts_.number(what.user, row.type, row.id);
      facts_.record(number).learned.push_back({at_, lane_, row.rev});
      move.records.push_back(number);
      replay().stored(facts_, number, row);
    }
    facts_.moves.push_back(std::move(move));
  }

  void read(const Committed& what) {
    UserFacts& owner = facts_.owner(what.user);
    owner.last = nullptr;
    if (owner.commits.empty()) owner.whole_log = what.row.seq == Seq{1};
    Commit commit{.event = at_,
                  .record = facts_.number(what.user, what.row.type, what.row.id),
                  .what = &what,
                  .content = &facts_.contents.of(what.row.content)};
    owner.commits.push_back(facts_.commits.size());
    if (!what.change.nil()) {
      commit.change = change(what.change);
      facts_.changes[commit.change].commits.push_back(facts_.commits.size());
    }
    facts_.commits.push_back(commit);
    server_.committed(facts_, facts_.commits.size() - 1);
    if (what.row.type == EntityType::conflict && !what.row.deleted) read_dispute(what);
  }

  void read_dispute(const Committed& what) {
    const std::string_view content = what.row.content;
    const std::string_view local = member_of(content, "local_version");
    const std::string_view remote = member_of(content, "remote_version");
    const auto type = parse_entity_type(unquoted(member_of(content, "item_type")));
    if (!type) return;
    Dispute dispute{
        .commit = facts_.commits.size() - 1,
        .item = facts_.number(what.user, *type, unquoted(member_of(content, "item_id"))),
        .local = &facts_.contents.of(member_of(local, "data")),
        .remote = &facts_.contents.of(member_of(remote, "data")),
        .local_deleted = is_true(member_of(local, "deleted")),
        .remote_deleted = is_true(member_of(remote, "deleted")),
        .open = unquoted(member_of(content, "status")) == "open",
        .decided = !member_of(content, "choice").empty(),
        .strategy = unquoted(member_of(content, "strategy"))};
    facts_.record(dispute.item).disputes.push_back(facts_.disputes.size());
    facts_.disputes.push_back(dispute);
  }

  void read(const Turned& what) {
    const Turn turn{.event = at_, .lane = lane_, .what = &what};
    if (!what.user.empty()) facts_.owner(what.user);
    facts_.turns.push_back(turn);
    server_.turned(facts_, turn);
    switch (what.what) {
      case Turned::What::backed_up:
        backups_.insert_or_assign(lane_, Backup{at_, replay()});
        return;
      case Turned::What::restored:
        return restore_device();
      case Turned::What::crashed:
        return replay().crashed();
      case Turned::What::cloned: {
        const LaneNo from = lane_number(what.detail);
        replays_[index(lane_)] = replays_[index(from)];
        lane().edits_known = facts_.lane(from).edits_known;
        return;
      }
      case Turned::What::set_aside:
        // After a reset the device begins anew, without what it had not sent.
        if (what.detail == "reset") replay() = {};
        return;
      default:
        return;
    }
  }

  void restore_device() {
    goes_on();
    const auto backup = backups_.find(lane_);
    if (backup == backups_.end()) return;
    lane().restores.emplace_back(backup->second.event, at_);
    replay() = backup->second.replay;
    for (Edit& edit : facts_.edits) {
      const bool after = edit.event > backup->second.event;
      if (edit.lane != lane_) continue;
      if (after && edit.taken_back == none) edit.taken_back = at_;
      if (edit.given_up > backup->second.event) edit.given_up = none;
    }
  }

  void read(const Decided& what) {
    goes_on();
    const RecordNo record = facts_.number(what.user, what.type, what.id);
    facts_.owner(what.user);
    const Decision decision{
        .event = at_,
        .lane = lane_,
        .record = record,
        .change = change(what.change),
        .what = what.what,
        .shown = what.after.empty() ? nullptr : &facts_.contents.of(what.after)};
    facts_.decisions.push_back(decision);
    replay().decided(facts_, decision);
  }

  void read(const DeviceState& what) {
    facts_.owner(what.user);
    lane().last = &what;
    lane().last_event = at_;
  }

  void read(const ServerState& what) {
    UserFacts& owner = facts_.owner(what.user);
    owner.last = &what;
    owner.last_event = at_;
  }

  void read(const Sent&) {}
  void read(const Arrived&) {}
  void read(const Lost&) {}
  void read(const Leaked&) {}

  Facts facts_;
  Index at_ = 0;
  LaneNo lane_{};
  std::vector<LaneReplay> replays_;  // by lane
  ServerReplay server_;
  std::map<LaneNo, Backup> backups_;
  std::map<LaneNo, std::string_view> lane_users_;
  std::unordered_map<ChangeId, Index> change_numbers_;
};

}  // namespace

Facts facts_of(const History& history) {
  return Reader(history).run();
}

}  // namespace studiosync::e2e::judging
