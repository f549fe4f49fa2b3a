// What is remembered of records that a server took back after a restore, so that nothing is taken
// back twice: by several devices, or once more by the change that made it.
#pragma once

#include <optional>

#include "core/conflicts/resolve.hpp"
#include "core/protocol/cursor.hpp"
#include "core/sync/candidate.hpp"
#include "core/sync/user_log.hpp"

namespace studiosync {

// Where a version stood in a lost history, and as what the epochs of that are remembered. Seq 0:
// unknown.
struct LostPlace {
  Epoch epoch;
  Seq seq;
  ChangeId line;
};

// Of a row of a device that has these epochs.
LostPlace place_in(const Epochs& epochs, Seq seq);

// For as long as what was taken back of that history is remembered.
void remember_line(UserTxn& log, const Epochs& epochs, CommitTime at);

// Under which the newest version taken back of a record is remembered. Others give it back too, or
// one from before it, after the record has gone on from there.
ChangeId memory_of(EntityType type, std::string_view id);

// `applied`: it is stored under its own rev, so that what follows is based on it; `merged`: not so.
void remember_record(UserTxn& log, const Record& taken, const LostPlace& place, Status status,
                     CommitTime at);

// Whether a lost version is known to be of another lost history than the one that was taken back:
// neither can have come from the other. `theirs` are the epochs of the device that has it.
bool apart(UserReader& log, const AppliedChange& taken, const LostPlace& lost,
           const Epochs& theirs);

// One lost version's own change id: its copy and its conflict get the same ids whoever gives it
// back.
ChangeId change_of_lost(EntityType type, std::string_view id, const Rev& rev);

// The id of the lost version that made a copy of the very text that loses in `conflict`: its author
// sends again what another device gave back.
std::optional<ChangeId> taken_back_as(UserReader& log, const ConflictCase& conflict);

// Remembers the places that the changes in `lost` have in their replicas' streams: the restored
// server has forgotten how far the streams went.
void remember_places(UserTxn& log, const Record& lost, CommitTime at);

// Remembers of a change's replica that it was cloned: at the change's place in its stream, which is
// known from a record taken back, this history has another one.
void remember_clone(UserTxn& log, const Origin& change);

// Remembers what the edits after version `since` made of the fields of `taken`. Not needed where it
// is known as a whole: a restored account can have a million records that nobody edited but once.
void remember_values(UserTxn& log, const Record& taken, Version since, Status status,
                     CommitTime at);

// Whether a field's last change in `lost` was taken back before, with another version.
bool value_taken_back(UserReader& log, const Record& lost, const FieldVersion& change,
                      const std::string& value);

// The places of one replica's stream that are known from records taken back.
class PlacesTakenBack {
 public:
  PlacesTakenBack(UserReader& log, const ReplicaId& replica);

  // Whether another change is known to have the place of this one: the replica was cloned. Besides
  // its record a change can write a copy and conflicts, all with its stamp.
  bool belongs_to_another(const Candidate& change) const;

  // See Incoming: the first place of which a clone is known.
  std::optional<DeviceSeq> cloned_from() const noexcept { return cloned_from_; }

 private:
  UserReader& log_;
  const ReplicaId replica_;
  DeviceSeq last_;
  std::optional<DeviceSeq> cloned_from_;
};

// The stamp of the change at this one's place in its stream, where it is known from a record taken
// back. Either it is the same change, whose stamp was corrected by another difference then, or a
// clone's: nothing says that this one was made later.
std::optional<Stamp> stamp_taken_back(UserReader& log, const Origin& change);

// How a change was taken back before: its author, who never had an answer, sends it again. Its
// replica and its stamp can be others by now, for the stream began anew, and a clock is corrected
// by as much as it is off then. With another stamp it is known as long as it made the very version
// that was taken back last, and is not younger than what has taken the place of that in `stored`;
// else by the values that it gave to fields.
std::optional<Status> taken_back_before(UserReader& log, const Incoming& change,
                                        const Record& stored);

// Whether what was taken back of the change's place and moment is another one: a clone's.
bool another_was_taken_back(UserReader& log, const Incoming& change);

// Whether the change that loses or is merged in `conflict` did so before, and the record went on
// from there to `stored`: its conflict was given back, and has its name from the change.
bool met_before(UserReader& log, const ConflictCase& conflict, const Record& stored);

// Whether a copy of the very text that loses in `conflict` was made before.
bool lost_before(UserReader& log, const ConflictCase& conflict);

}  // namespace studiosync
