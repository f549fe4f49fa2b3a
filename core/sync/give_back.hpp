// The device's half of a restore: what it knows of the history that the server lost is given back
// before anything else. Each function is part of the caller's transaction, or of none where it only
// reads.
#pragma once

#include <set>
#include <vector>

#include "core/sync/device_store.hpp"
#include "core/sync/outbox.hpp"

namespace studiosync {

// A frame's worth of the server's versions and tombstones beyond a fork: conflicts, then all others
// by type and id. So whoever has read one page of what a device gave back knows what lost wherever
// it knows what won, as of one page of the lost history.
struct LostBatch {
  std::vector<Record> records;  // empty: there are no more
  RecordKey last;               // where the next batch goes on
};

inline const RecordKey first_lost{EntityType::conflict, {}};

// After `after`, at first after `first_lost`. A version whose place in the log is not known counts
// as beyond every fork. What is about to be withdrawn is left out: it must not leave the device
// again. That it was withdrawn is not, nor what another device has under the id of a local record.
LostBatch next_lost(DeviceStore& store, Seq fork, const RecordKey& after, FreezeLimits limits);

// Settles changes on their way that stand in the server's version, as it is known here, under their
// numbers: a clone sent them. Once more, under another number, it would be another change, which
// does not know what was written upon the first. (Not even the stamp need be the same: a clock is
// corrected by as much as it is off just then.)
void settle_what_stands(DeviceStore& store, WallTime now);

// How a device goes over to the server's history.
struct NewHistory {
  Seq fork;
  Cursor cursor;                    // read up to here, what was given back included
  const std::set<RecordKey>& read;  // the records with a row beyond the fork
  const Epochs& epochs;
  ReplicaId replica;  // the device's numbered stream begins anew
  WallTime now;
};

// Once everything is given back and read. Not earlier: until then the old cursor is what tells the
// server, should it be restored once more, that something is missing. Rows of what was not read
// will be news whatever their seqs are.
void enter_history(DeviceStore& store, const NewHistory& history);

}  // namespace studiosync
