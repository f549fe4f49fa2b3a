// What is remembered of records that a server took back after a restore, so that nothing is taken
// back twice: by several devices, or once more by the change that made it.
#pragma once

#include <optional>

#include "core/conflicts/resolve.hpp"
#include "core/sync/candidate.hpp"
#include "core/sync/user_log.hpp"

namespace studiosync {

// Under which the newest version taken back of a record is remembered. Others give it back too, or
// one from before it, after the record has gone on from there.
ChangeId memory_of(EntityType type, std::string_view id);

// `applied`: it is stored under its own rev, so that what follows is based on it; `merged`: not so.
void remember_record(UserTxn& log, const Record& taken, Status status, CommitTime at);

// One lost version's own change id: its copy and its conflict get the same ids whoever gives it
// back.
ChangeId change_of_lost(EntityType type, std::string_view id, const Rev& rev);

// The id of the lost version that made a copy of the very text that loses in `conflict`: its author
// sends again what another device gave back.
std::optional<ChangeId> taken_back_as(UserReader& log, const ConflictCase& conflict);

// Remembers the places that the changes in `lost` have in their replicas' streams: the restored
// server has forgotten how far the streams went.
void remember_places(UserTxn& log, const Record& lost, CommitTime at);

// The places of one replica's stream that are known from records taken back.
class PlacesTakenBack {
 public:
  PlacesTakenBack(UserReader& log, const ReplicaId& replica);

  // Whether another change is known to have the place of this one: the replica was cloned. Besides
  // its record a change can write a copy and conflicts, all with its stamp.
  bool belongs_to_another(const Candidate& change) const;

 private:
  UserReader& log_;
  const ReplicaId replica_;
  DeviceSeq last_;
};

// Whether a change made the very version of its record that was taken back last and is stored under
// its own rev: its author, who never had an answer, sends it again. Its replica and its stamp can
// be others by now, for the stream began anew, and a clock is corrected by as much as it is off
// then.
bool comes_again(UserReader& log, const Incoming& change);

// Whether a copy of the very text that loses in `conflict` was made before.
bool lost_before(UserReader& log, const ConflictCase& conflict);

}  // namespace studiosync
