// A replica's changes are numbered in the order in which they are sent, without a gap.
#include <map>

#include "e2e/checkers/invariants.hpp"

namespace studiosync::e2e::judging {
namespace {

struct Place {
  ReplicaId replica;
  DeviceSeq seq;
};

}  // namespace

void stream_order(const Facts& facts, Report& report) {
  std::map<LaneNo, Place> last;
  Index turn = 0;
  for (const Freeze& freeze : facts.freezes) {
    // A backup holds an older place.
    for (; turn < facts.turns.size() && facts.turns[turn].event < freeze.event; ++turn) {
      if (facts.turns[turn].what->what == Turned::What::restored) {
        last.erase(facts.turns[turn].lane);
      }
    }
    const auto [at, fresh] = last.try_emplace(freeze.lane, freeze.what->replica, freeze.what->seq);
    Place& place = at->second;
    const bool goes_on = !fresh && place.replica == freeze.what->replica;
    if (goes_on && freeze.what->seq != place.seq.next()) {
      report.add(freeze.event, freeze.record,
                 "change number " + std::to_string(freeze.what->seq.value) + " follows number " +
                     std::to_string(place.seq.value));
    }
    place = {freeze.what->replica, freeze.what->seq};
  }
}

}  // namespace studiosync::e2e::judging
