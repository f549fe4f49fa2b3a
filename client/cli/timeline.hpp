// What happened to one record, on its device and at the server.
#pragma once

#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "core/sync/device_store.hpp"

namespace studiosync::client {

// One step of the record's way, by the clock of where it happened.
struct TimelineStep {
  WallTime at;
  std::string where;   // `device` or `server`
  std::string what;    // a JournalEvent, `committed` or `conflict`
  std::string detail;  // numbers: place in the stream, version, seq
  std::string reason;  // why it came to that; for people
};

// By time. `conflicts` is the server's list of conflicts as it answers it (docs/PROTOCOL.md); null
// where it was not asked.
std::vector<TimelineStep> timeline_of(DeviceStore& store, const DeviceRecord& record,
                                      const Json& conflicts);

}  // namespace studiosync::client
