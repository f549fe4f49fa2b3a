// Which of a device's edits an answer of the server settles. Edits of one record coalesce until
// they are frozen into a change; later ones wait for the next.
#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "core/sync/device_store.hpp"
#include "loadtest/fleet/clock.hpp"

namespace studiosync::load {

// Not thread-safe. Edits are known by the moment at which they were meant to be made.
class EditTracker {
 public:
  void edited(const RecordKey& key, Moment intended);
  // A change has left the device: it holds every edit of the record so far. One that is sent again
  // holds what it held. Returns the edits that are under way by this for the first time.
  std::vector<Moment> sent(const RecordKey& key, ChangeId change);
  // The change under way has its answer; the edits it held.
  std::vector<Moment> settled(const RecordKey& key);

  // Edits that wait go on with another record: the one before became a copy, and the user goes on
  // writing there.
  void moved(const RecordKey& from, const RecordKey& to);

  std::size_t outstanding() const noexcept { return outstanding_; }
  // All that have no answer, in no particular order, and forgets them.
  std::vector<Moment> give_up();

 private:
  struct Edits {
    std::vector<Moment> waiting;
    std::vector<Moment> under_way;
    ChangeId change;
  };
  std::map<RecordKey, Edits> records_;
  std::size_t outstanding_ = 0;
};

}  // namespace studiosync::load
