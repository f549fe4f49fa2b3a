// Once nothing disturbs it any more, a device connects, comes to rest, and has nothing left to
// send.
#include <algorithm>

#include "e2e/checkers/holdings.hpp"
#include "e2e/checkers/invariants.hpp"

namespace studiosync::e2e::judging {
namespace {

// Longer than any pause between two attempts.
constexpr Millis patience{10LL * 60 * 1000};

// What a device and its user do because they cannot go on.
bool of_itself(const Turn& turn) {
  using enum Turned::What;
  return turn.what->what == halted || turn.what->what == set_aside || turn.what->what == logged_in;
}

bool undisturbed_for_long(const Facts& facts, const LaneFacts& lane) {
  const auto last = std::find_if_not(facts.turns.rbegin(), facts.turns.rend(), of_itself);
  const Index event = last == facts.turns.rend() ? 0 : last->event;
  return facts.event(lane.last_event).at - facts.event(event).at >= patience;
}

bool behind(const Facts& facts, const DeviceState& state) {
  const UserFacts* user = facts.user(state.user);
  return user == nullptr || user->last == nullptr || state.cursor.seq < user->last->numbers.head;
}

// Why devices are away at the end. A device's own word is no reason.
class Absences {
 public:
  explicit Absences(const Facts& facts) : facts_(facts), devices_(facts.lanes.size()) {
    for (const Turn& turn : facts.turns) take(turn);
  }

  // Somebody stopped it, or took its network away.
  bool excuses_stop(LaneNo lane) const {
    return of(lane).ended || of(lane).offline || facts_.revoked(lane) != nullptr;
  }

  // Its user has to come first.
  bool excuses_halt(LaneNo lane) const {
    return of(lane).logged_out || facts_.revoked(lane) != nullptr;
  }

 private:
  struct Absence {
    bool ended = false;  // the process
    bool offline = false;
    bool logged_out = false;
  };

  Absence& of(LaneNo lane) { return devices_[index(lane)]; }
  const Absence& of(LaneNo lane) const { return devices_[index(lane)]; }

  void take(const Turn& turn) {
    switch (turn.what->what) {
      case Turned::What::started:
      case Turned::What::stopped:
      case Turned::What::crashed:
        of(turn.lane).ended = turn.what->what != Turned::What::started;
        return;
      case Turned::What::went_online:
      case Turned::What::went_offline:
        of(turn.lane).offline = turn.what->what == Turned::What::went_offline;
        return;
      case Turned::What::cloned:
        if (const auto from = facts_.cloning(turn.lane)) {
          of(turn.lane).logged_out = of(from->original).logged_out;
        }
        return;
      case Turned::What::login_ended:
        return end_login(facts_.identity(turn.lane));
      case Turned::What::logged_in:
        of(turn.lane).logged_out = false;
        return;
      default:
        return;
    }
  }

  void end_login(LaneNo identity) {
    for (Index lane = 0; lane < devices_.size(); ++lane) {
      const auto number = static_cast<LaneNo>(lane);
      if (facts_.identity(number) == identity) of(number).logged_out = true;
    }
  }

  const Facts& facts_;
  std::vector<Absence> devices_;  // by lane
};

class Judgement {
 public:
  Judgement(const Facts& facts, Report& report)
      : facts_(facts), absences_(facts), report_(report) {}

  void judge(LaneNo number) {
    const LaneFacts& lane = facts_.lane(number);
    if (lane.last == nullptr) return;
    if (at_rest(*lane.last)) judge_unsent(lane);
    const std::string what = trouble(number, lane);
    if (what.empty()) return;
    const QueueCounts& queue = lane.last->queue;
    report_.add(lane.last_event, lane.last->user,
                what + ": " + std::to_string(queue.pending) + " edits wait, " +
                    std::to_string(queue.frozen) + " changes travel");
  }

 private:
  // Empty where all is well.
  std::string trouble(LaneNo number, const LaneFacts& lane) const {
    const DeviceState& state = *lane.last;
    if (state.link == "stopped") {
      return absences_.excuses_stop(number) ? "" : "stopped, though nobody stopped it";
    }
    if (state.link == "halted") {
      return absences_.excuses_halt(number) ? "" : "halted, though nothing is asked of its user";
    }
    if (state.link != "live") {
      return undisturbed_for_long(facts_, lane) ? "not connected, though nothing is in its way"
                                                : "";
    }
    if (state.queue.pending + state.queue.frozen > 0) return "connected, and not done at the end";
    if (state.synced) return {};
    return behind(facts_, state) ? "connected, and behind at the end"
                                 : "connected, and not in sync at the end";
  }

  // Whatever the queue's numbers say.
  void judge_unsent(const LaneFacts& lane) {
    for (const DeviceRecord& kept : lane.last->records) {
      if (!kept.edit && !kept.in_flight) continue;
      const auto record = facts_.find(lane.last->user, kept.type, kept.id);
      if (!record) continue;
      report_.add(lane.last_event, *record,
                  kept.edit ? "says it is synced, and an edit was never sent"
                            : "says it is synced, and a change still travels");
    }
  }

  const Facts& facts_;
  const Absences absences_;
  Report& report_;
};

}  // namespace

void queue_stuck(const Facts& facts, Report& report) {
  Judgement judgement(facts, report);
  for (Index lane = 0; lane < facts.lanes.size(); ++lane) {
    judgement.judge(static_cast<LaneNo>(lane));
  }
}

}  // namespace studiosync::e2e::judging
