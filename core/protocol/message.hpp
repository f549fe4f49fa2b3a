// One struct per frame of the push channel, and one variant of all. No bytes here: see codec.hpp.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/sha256.hpp"
#include "core/conflicts/resolve.hpp"
#include "core/protocol/cursor.hpp"

namespace studiosync {

// A place in a replica's stream of changes, with the change's id as proof.
struct ReplicaMark {
  DeviceSeq seq;
  ChangeId change;
  bool operator==(const ReplicaMark&) const = default;
};

struct Hello {
  std::string token;  // empty when the upgrade carried an Authorization header
  DeviceId device;
  std::string device_name;
  ReplicaId replica;
  ReplicaMark acked;
  ReplicaMark frozen;
  Cursor cursor;
  Epochs epochs;
  WallTime now;
  int protocol = 1;
};

struct Welcome {
  std::string user_id;
  WallTime server_time;
  Epoch epoch;
  Epochs epochs;        // all of the user's, for the device to remember
  ReplicaMark replica;  // the last change of this replica that the server has; seq 0 = none
  Cursor head;
  Seq floor;  // tombstones at or below it may be gone; 0 = none was ever collected
  // Set when the device's history is not this one: the last seq that both share.
  std::optional<Seq> fork_seq;
  WallTime token_expires_at;
};

// A frozen change as it travels. One that cannot be read is carried as `invalid`, so that it is
// rejected alone and does not take its batch along.
struct PushChange {
  ChangeId change;
  DeviceSeq device_seq;
  EntityType type{};
  std::string item_id;
  Action action = Action::upsert;
  std::string reason;
  Rev base;
  std::optional<std::vector<std::string>> changed_fields;
  Json data;  // null for a delete
  Stamp stamp;
  bool confirm_mass_delete = false;
  std::string type_text;         // as sent, for results of unknown types
  std::optional<Error> invalid;  // with the path below `$.changes[i]`
};

struct Push {
  WallTime now;
  std::vector<PushChange> changes;
  // How far the device has read; checked unless it is the first cursor.
  Cursor cursor{};
};

// What became of one change; over HTTP and WebSocket alike.
struct ChangeResult {
  std::string change_id;  // a UUID, or the plain client's own id
  DeviceSeq device_seq;   // 0 for plain clients
  std::string item_type;
  std::string item_id;
  Status status = Status::applied;
  std::optional<Status> first_status;  // with duplicate: what the first answer said
  Rev rev;                             // the stored record's, version 0 when there is none
  Stamp stamp;
  CommitTime committed;  // `updated_at` of the stored record
  Hash128 hash{};        // of the stored content
  std::string conflict_id;
  std::string copy_id;
  std::optional<Strategy> strategy;  // how a conflict was resolved
  std::optional<Error> error;        // with rejected
  std::optional<Record> record;      // where what is stored cannot be told from what was sent
};

struct Pushed {
  Cursor from;
  Cursor to;
  std::vector<ChangeResult> results;
  std::vector<Record> changes;  // rows in (from, to] that no result describes: copies and conflicts
};

struct Pull {
  Cursor cursor;
  std::uint32_t limit = 0;  // rows; 0 = the server's choice
};

struct Changes {
  Cursor from;
  Cursor to;
  std::vector<Record> changes;  // in seq order
  bool has_more = false;
  bool snapshot = false;
};

struct Changed {
  Cursor head;
};
struct Ack {
  Cursor cursor;
};

struct DigestRequest {
  Cursor cursor;
  std::vector<std::uint8_t> buckets;  // empty: the sums of all
};
// 256 sums mod 2^128, little end first, by bucket.
using DigestSums = std::array<Hash128, 256>;
struct DigestAnswer {
  Cursor cursor;  // at which the sums hold
  DigestSums sums{};
  std::vector<Record> rows;  // of the named buckets
  bool has_rows = false;
};

struct Snapshot {
  std::optional<Cursor> cursor;
};

// What a device knows of a history that the server has lost: its copies of the server's rows beyond
// the fork, tombstones included, with the rev and the origins they had.
struct Reconcile {
  Seq fork_seq;  // as `welcome` gave it
  std::vector<Record> records;
};
struct Reconciled {
  Cursor from;
  Cursor to;
  std::vector<Record> changes;  // as stored now: those named that are not stored as they were sent
};

// A conflict as people see it (HTTP and WebSocket alike).
struct ConflictView {
  ConflictCase conflict;
  bool resolved = false;
  std::optional<Choice> choice;
  CommitTime detected_at;
  CommitTime local_updated_at;
  CommitTime remote_updated_at;
  std::optional<CommitTime> resolved_at;
};
struct ConflictsRequest {
  bool all = false;
};
struct Conflicts {
  std::vector<ConflictView> conflicts;
};
struct Resolve {
  std::string conflict_id;
  Strategy strategy{};
  std::optional<Choice> chosen;  // local or remote
  std::optional<Json> merged_data;
  std::optional<Version>
      remote_version;  // the version the person saw; moved meanwhile = version_conflict
};
struct Resolved {
  ConflictView conflict;
  Cursor from;
  Cursor to;
};

struct Reauth {
  std::string token;
};
struct Reauthed {
  WallTime token_expires_at;
};
struct ErrorFrame {
  Error error;
};
struct Drain {
  Millis delay;
};
struct Revoked {
  std::string reason;
};

using Message =
    std::variant<Hello, Welcome, Push, Pushed, Pull, Changes, Changed, Ack, DigestRequest,
                 DigestAnswer, Snapshot, Reconcile, Reconciled, ConflictsRequest, Conflicts,
                 Resolve, Resolved, Reauth, Reauthed, ErrorFrame, Drain, Revoked>;

// `id` ties an answer to its request; empty for what the server sends unasked.
struct Frame {
  std::string id;
  Message body;
};

}  // namespace studiosync
