// Stops a replica that deletes most of a user's records until a person has confirmed it: one bad
// upgrade, or one emptied local table, must not empty every device.
#pragma once

#include <cstdint>
#include <map>

#include "core/sync/user_log.hpp"

namespace studiosync {

// Whether so many deletes of a type's `live` records are a mass delete. Devices ask the same of
// their outbox.
bool is_mass_delete(std::uint64_t deletes, std::uint64_t live) noexcept;

// One replica's deletes within one push. What was counted is written by finish().
class DeleteBreaker {
 public:
  // A nil replica (a plain client) is never stopped: it has no way to ask its user.
  DeleteBreaker(UserTxn& log, ReplicaId replica, WallTime now);

  // Counts the delete of one live record. False when it is one too many: then it counts for nothing
  // and must be held.
  bool admits(EntityType type);
  void finish();

 private:
  bool lasts(const DeleteWindow& window) const;
  DeleteWindow& window(EntityType type);

  UserTxn& log_;
  const ReplicaId replica_;
  const CommitTime now_;
  std::map<EntityType, DeleteWindow> windows_;
};

}  // namespace studiosync
