// Where a device's cursor was last, as far as a history can tell.
#pragma once

#include "e2e/checkers/facts.hpp"

namespace studiosync::e2e::judging {

// Follows all lanes; fed with the moves in order.
class CursorTrail {
 public:
  // The facts must outlive it.
  explicit CursorTrail(const Facts& facts);

  // The place that `move` has to begin at. Nothing where it is not known: the lane's first move, or
  // the first one since its process, its replica or the server was replaced by another.
  std::optional<Cursor> before(const Move& move);

 private:
  struct Place {
    bool known = false;
    ReplicaId replica;
    Cursor cursor;
  };

  void turn(const Turn& turn);

  const Facts& facts_;
  std::vector<Place> places_;  // by lane
  Index next_turn_ = 0;
};

}  // namespace studiosync::e2e::judging
