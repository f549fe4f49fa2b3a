// The server's half of a push: validates, sanitizes, detects conflicts and writes, inside one
// transaction. Runs on whatever thread owns the UserTxn. Nothing here may be published before the
// transaction is durable.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/protocol/message.hpp"
#include "core/sync/user_log.hpp"

namespace studiosync {

// Who pushes.
struct Author {
  ReplicaId replica;  // nil for a plain HTTP client
  DeviceId device;
  std::string device_name;
};

struct ApplyContext {
  WallTime now;                  // the server's
  std::uint64_t user_bytes_max;  // quota; beyond it `quota_exceeded`
};

// A change of an HTTP client that knows nothing of replicas (docs/PROTOCOL.md section 3.2).
struct PlainChange {
  std::string id;  // idempotency key; empty = derived from the payload
  std::string type_text;
  EntityType type{};
  std::string item_id;
  Action action = Action::upsert;
  std::string reason;
  Json data;
  std::optional<std::vector<std::string>> changed_fields;
  Version base;                  // `sync_version`
  Stamp stamp;                   // from `updated_at`
  std::optional<Error> invalid;  // could not be read; with the path
};

struct Applied {
  Cursor from;                        // the head before
  Cursor to;                          // the head after
  std::vector<ChangeResult> results;  // one a change, in order
  std::vector<Record> rows;           // everything written, in seq order: what fan-out sends
  std::vector<Record> repeated;       // of before: copies that results name, conflicts not read
  // The rest of the push is refused: replica_forked, bad_request. Of resync_required all is: the
  // device has read too little of the log to change it.
  std::optional<Error> error;
  // Where a push left its replica's stream; none where another one's change is the last.
  std::optional<ReplicaMark> reached;
};

// The answer to a frame of which nothing was looked at.
Applied refused(UserReader& log, Error error);

Applied apply_push(UserTxn& log, const Author& author, Push push, const ApplyContext& context);
// The pushes of one connection, which wait for the log one behind another. Belongs to whatever
// thread owns the UserTxn.
class PushStream {
 public:
  // `acked`, `frozen`: as the device named them in its hello.
  PushStream(const ReplicaMark& acked, const ReplicaMark& frozen) : marks_{acked, frozen} {}

  // A place is given out only behind a change that is the device's own for certain: one of this
  // connection, or one that its hello named. Where an earlier push was not committed, or came with
  // a later connection, a clone may have taken its places, and the next free one is the clone's.
  // Once a replica was found forked all later pushes are refused as well.
  Applied push(UserTxn& log, const Author& author, Push push, const ApplyContext& context);
  // What `push` returned is on the disk. Pushes that are never reported were undone, or may be.
  void committed(const Applied& applied);

 private:
  std::optional<Error> forked_;
  // Where the stream may stand: as committed, and as each push behind that left it.
  std::vector<ReplicaMark> marks_;
};

Applied apply_upload(UserTxn& log, const Author& author, const std::vector<PlainChange>& changes,
                     const ApplyContext& context);

struct ResolveOutcome {
  Applied applied;
  std::optional<ConflictView> conflict;  // as it is now
  std::optional<Error> error;            // not_found, version_conflict, validation_error, …
};
// Already resolved: the first result again.
ResolveOutcome apply_resolve(UserTxn& log, const Author& author, const Resolve& resolve,
                             const ApplyContext& context);

// Rows that no result describes: what a pusher must be sent besides its results.
std::vector<Record> rows_beyond_results(const Applied& applied);

}  // namespace studiosync
