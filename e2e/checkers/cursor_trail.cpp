#include "e2e/checkers/cursor_trail.hpp"

namespace studiosync::e2e::judging {

CursorTrail::CursorTrail(const Facts& facts) : facts_(facts), places_(facts.lanes.size()) {}

std::optional<Cursor> CursorTrail::before(const Move& move) {
  for (; next_turn_ < facts_.turns.size(); ++next_turn_) {
    if (facts_.turns[next_turn_].event > move.event) break;
    turn(facts_.turns[next_turn_]);
  }
  Place& place = places_[index(move.lane)];
  const bool goes_on = place.known && place.replica == move.what->replica;
  const std::optional<Cursor> expected = goes_on ? std::optional(place.cursor) : std::nullopt;
  place = {true, move.what->replica, move.what->to};
  return expected;
}

void CursorTrail::turn(const Turn& turn) {
  switch (turn.what->what) {
    case Turned::What::started:
    case Turned::What::crashed:  // the last rows and their cursor may be gone together
    case Turned::What::restored:
    case Turned::What::cloned:
    case Turned::What::reset:
      if (facts_.lane(turn.lane).name == "server") {
        if (turn.what->what != Turned::What::restored) return;
        for (Place& place : places_) place.known = false;
      }
      places_[index(turn.lane)].known = false;
      return;
    default:
      return;
  }
}

}  // namespace studiosync::e2e::judging
