// From pending edits to settled ones. Pending edits coalesce; a frozen change has its number in the
// replica's stream and never changes; the server's answer settles it. Each function is part of the
// caller's transaction.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/base/random.hpp"
#include "core/sync/device_store.hpp"

namespace studiosync {

struct FreezeLimits {
  std::size_t changes_max;
  std::size_t bytes_max;
};

// Gives pending edits their places in the stream, in upload order, until a limit or
// limits::unacknowledged_max is reached. What the sanitizer's validator refuses and deletes that
// are too many (mass_delete.hpp) go to the rejected list instead and do not leave the device.
struct Frozen {
  std::vector<FrozenChange> changes;
  std::vector<RejectedChange> refused;
  bool more = false;  // pending edits are left
};
Frozen freeze(DeviceStore& store, FreezeLimits limits, WallTime now, Random& random);

PushChange to_push(const FrozenChange& change);

// What became of one change, for the user's eyes.
struct Settled {
  RecordKey key;
  Status status = Status::applied;
  std::string conflict_id;
  std::string copy_id;
  std::optional<Error> error;
  bool queued_again = false;  // the server has lost the record's history: a resync is due
};
// Takes one result: raises the shadow, rebases a later edit, keeps what was rejected or held. Any
// later edit takes the place of a held delete.
// `head` is the end of the user's log after the push. A result for a change that is not in the
// outbox any more is ignored (nothing is returned).
std::optional<Settled> settle(DeviceStore& store, const ChangeResult& result, Seq head,
                              WallTime now);

// After a fork: a new replica, whose stream begins with everything that is frozen. Each keeps its
// content and its change id, under which the server knows it where it was applied already; only its
// place is new.
void restart_stream(DeviceStore& store, ReplicaId replica);

}  // namespace studiosync
