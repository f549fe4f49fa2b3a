// What becomes of records that the server turns out not to have. Each function is part of the
// caller's transaction; none queues a delete.
#pragma once

#include <functional>
#include <vector>

#include "core/sync/device_store.hpp"

namespace studiosync {

// Takes away what the server is known not to have: a local row keeps its content, an unsynced edit
// becomes a create, an unsynced delete is dropped, everything else goes. While a change of the
// record is in flight nothing happens: its answer decides. Returns whether what the user sees
// changed.
bool forget_missing(DeviceStore& store, DeviceRecord record, WallTime now);

// What has to happen once everything that the server has was read and applied.
struct SweepPlan {
  std::vector<RecordKey> missing;    // known as the server's, and not there
  std::vector<RecordKey> estranged;  // with an edit of a version that the server's history lacks
  bool asks = false;                 // more than half of a type's records would go
};

// A type with fewer live records than this is swept without a question.
inline constexpr std::size_t sweep_asks_from = 20;

// `there` says what the server has.
SweepPlan plan_sweep(DeviceStore& store, const std::function<bool(const RecordKey&)>& there);

// Returns the records that the user sees changed.
std::vector<RecordKey> sweep(DeviceStore& store, const SweepPlan& plan, WallTime now);

}  // namespace studiosync
