// What happened, as clients, server and network saw it: the one form in which the checker, the
// picture and the timeline of a record read a run, whether simulated, of real processes, or of a
// load test. Values only; docs/HISTORY.md describes the same as JSON lines.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/error.hpp"
#include "core/protocol/message.hpp"
#include "core/sync/device_store.hpp"
#include "core/sync/user_log.hpp"

namespace studiosync::e2e {

// A user's edit, durable on the device when it is written down; also each child that a delete takes
// along, and what a user changes by taking an original back. Contents are canonical JSON as the
// user saw them; empty = there is no such record.
struct Edited {
  std::string user;
  EntityType type{};
  std::string id;
  Action action = Action::upsert;
  std::string before;
  std::string after;
  bool local_only = false;  // never to leave the device
};

// A pending edit got its place in the replica's stream.
struct FrozenEdit {
  ReplicaId replica;
  DeviceSeq seq;
  ChangeId change;
  EntityType type{};
  std::string id;
  Action action = Action::upsert;
  Rev base;
};

// What the user decided about a change on the list of refusals, durable as an edit is. It writes no
// text: contents are what he saw of the record before and after.
struct Decided {
  std::string user;
  EntityType type{};
  std::string id;
  ChangeId change;
  enum class What : std::uint8_t {
    retried,    // queued once more
    taken_off,  // tried again where nothing was left to queue: it has left the list
    discarded,  // given up
  } what{};
  std::string before;
  std::string after;
};

// A frame on its way; `number` ties its three events together. Lanes are device names and `server`.
struct Sent {
  std::uint64_t number = 0;
  std::string to;
  std::string frame;  // its `type` on the wire
  std::string about;  // one line for people, without contents
};
struct Arrived {
  std::uint64_t number = 0;
};
struct Lost {
  std::uint64_t number = 0;
  std::string why;
};

// One row of a user's log, written when its commit was on the disk.
struct Committed {
  std::string user;
  ChangeId change;  // nil for what no single change wrote: retention, reconciliation
  Record row;
};

// The server's answer for one change was stored on the device.
struct Acknowledged {
  std::string user;
  ReplicaId replica;
  DeviceSeq seq;
  ChangeId change;
  EntityType type{};
  std::string id;
  Status status{};
  std::optional<Status> first_status;
  std::optional<ErrorCode> error;
  Rev rev;
  std::string copy_id;
  std::string conflict_id;
};

// Rows and cursor were stored on the device in one transaction.
struct Moved {
  std::string user;
  ReplicaId replica;
  Cursor from;
  Cursor to;
  bool resync = false;  // a snapshot, a reset or a restore was the reason
  struct Row {
    EntityType type{};
    std::string id;
    Rev rev;
    Seq seq;
  };
  std::vector<Row> rows;
};

// A life's turns: of a device, of the server, of the network between them.
struct Turned {
  enum class What : std::uint8_t {
    started,
    stopped,  // in order
    crashed,
    backed_up,
    restored,   // from a backup: what came after it is gone there
    cloned,     // `detail` names the device that it came from
    halted,     // needs a person; `detail` says why
    set_aside,  // the database was copied away before something large was removed from it
    partitioned,
    healed,
    clock_changed,
    logged_in,
    login_ended,  // the device, and whatever is a clone of it, has to log in again
    revoked,
    reset,      // the user deleted everything on the server
    collected,  // tombstones were collected; `seq` is the new floor
    disk_failed,
    disk_healed,
    went_online,  // by the network's switch on the device
    went_offline,
    policy_chosen,  // `detail`: type and strategy, as `saved_query keep_both`
  } what{};
  std::string user;
  std::string detail;
  Epoch epoch;  // server started: of this start
  Seq seq;
};

// A planted secret was seen outside the device that holds it.
struct Leaked {
  std::string secret;
  std::string where;
};

// What a device holds, at the end of a run or when it says so.
struct DeviceState {
  std::string user;
  ReplicaId replica;
  Cursor cursor;
  std::string link;  // the engine's state
  bool synced = false;
  QueueCounts queue;
  std::vector<DeviceRecord> records;
  std::vector<RejectedChange> rejected;
  std::vector<Original> originals;
  std::vector<DeviceRecord> aside;  // of all databases that were set aside
};

// What the server holds of a user.
struct ServerState {
  std::string user;
  UserState numbers;
  std::vector<Record> rows;
  std::vector<ArchiveRow> archive;
};

using Happening = std::variant<Edited, FrozenEdit, Sent, Arrived, Lost, Committed, Acknowledged,
                               Moved, Turned, Leaked, DeviceState, ServerState, Decided>;

struct Event {
  std::uint64_t number = 0;  // place in the history, from 0
  WallTime at;               // of the run's clock, not of a device's
  std::string lane;          // a device's name, `server` or `network`
  Happening what;
};

using History = std::vector<Event>;

}  // namespace studiosync::e2e
