// Why a record is as it is: one reason, whatever else is the case too.
#pragma once

#include <optional>
#include <string>

#include "core/sync/device_store.hpp"

namespace studiosync::client {

// What is known of a record and of its device.
struct Situation {
  DeviceRecord record;
  bool set_up = false;
  bool logged_in = false;
  bool syncing = false;  // a process syncs this folder now
  bool reachable = false;
  Recovery recovery = Recovery::none;
  WallTime last_sync;     // 0: never
  std::size_t ahead = 0;  // changes that go before the record's
  std::optional<RejectedChange> rejected;
  std::string open_conflict;  // its id
};

struct SyncReason {
  std::string code;  // stable, for scripts
  std::string text;  // for people, with what to do
};

// The first that holds, from what only a person can change to what passes by itself.
SyncReason sync_reason(const Situation& situation);

}  // namespace studiosync::client
