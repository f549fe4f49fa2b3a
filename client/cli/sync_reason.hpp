// Why a record is as it is: one reason, whatever else is the case too.
#pragma once

#include <optional>
#include <string>

#include "core/sync/device_store.hpp"

namespace studiosync::client {

// What is known of a device.
struct DeviceSituation {
  bool set_up = false;
  bool logged_in = false;
  bool syncing = false;         // a process syncs this folder now
  std::optional<Error> server;  // why the server would take nothing now
  Recovery recovery = Recovery::none;
  WallTime last_sync;  // 0: never
};

// … and of one of its records.
struct Situation {
  DeviceSituation device;
  DeviceRecord record;
  std::size_t ahead = 0;  // changes that go before the record's
  std::optional<RejectedChange> rejected;
  std::string open_conflict;  // its id
};

struct SyncReason {
  std::string code;  // stable, for scripts: one of those in docs/OPERATIONS.md
  std::string text;  // for people, with what to do
};

// The first that holds, from what only a person can change to what passes by itself. `synced` only
// where the server has what is shown here.
SyncReason sync_reason(const Situation& situation);

// Whether there is an edit that the server has not settled.
bool unsettled(const DeviceRecord& record);

}  // namespace studiosync::client
