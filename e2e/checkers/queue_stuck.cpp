// Once nothing disturbs it any more, a device connects and has nothing left to send.
#include "e2e/checkers/invariants.hpp"

namespace studiosync::e2e::judging {
namespace {

// Longer than any pause between two attempts.
constexpr Millis patience{10LL * 60 * 1000};

bool undisturbed_for_long(const Facts& facts, const LaneFacts& lane) {
  const Index last = facts.turns.empty() ? 0 : facts.turns.back().event;
  return facts.event(lane.last_event).at - facts.event(last).at >= patience;
}

bool behind(const Facts& facts, const DeviceState& state) {
  const UserFacts* user = facts.user(state.user);
  return user == nullptr || user->last == nullptr || state.cursor.seq < user->last->numbers.head;
}

// Empty where all is well. A question that is on its way just now is no work that is left.
std::string trouble(const Facts& facts, const LaneFacts& lane) {
  const DeviceState& state = *lane.last;
  if (state.link == "stopped" || state.link == "halted") return {};
  if (state.link != "live") {
    return undisturbed_for_long(facts, lane) ? "not connected, though nothing is in its way" : "";
  }
  if (state.queue.pending + state.queue.frozen > 0) return "connected, and not done at the end";
  if (!state.synced && behind(facts, state)) return "connected, and behind at the end";
  return {};
}

}  // namespace

void queue_stuck(const Facts& facts, Report& report) {
  for (const LaneFacts& lane : facts.lanes) {
    if (lane.last == nullptr) continue;
    const std::string what = trouble(facts, lane);
    if (what.empty()) continue;
    const QueueCounts& queue = lane.last->queue;
    report.add(lane.last_event, lane.last->user,
               what + ": " + std::to_string(queue.pending) + " edits wait, " +
                   std::to_string(queue.frozen) + " changes travel");
  }
}

}  // namespace studiosync::e2e::judging
