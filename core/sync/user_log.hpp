// The server's store as the sync logic sees it: one user's log, for reading and inside a write
// transaction.
//
// Errors are sticky: after the first failure every call answers as if nothing were stored and does
// nothing; `error()` tells, and the transaction is rolled back. So the logic above reads straight,
// and nothing that was computed from a failed read is ever published.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/protocol/message.hpp"

namespace studiosync {

// The numbers that one row a user holds.
struct UserState {
  Seq head;                   // seq of the last row written; 0 = empty
  Generation generation;      // a reset begins one
  Seq floor;                  // tombstones at or below it may have been collected
  CommitTime last_commit;     // of the row at `head`
  std::uint64_t bytes = 0;    // of live content
  std::uint64_t records = 0;  // live, without conflicts
  // The highest version of a collected tombstone: what an unknown id had before is at or below it.
  Version collected;
};

// The strategies a user chose, by type; absent = the registry's.
using Policies = std::map<EntityType, Strategy>;

// Why an upload of this identity need not be applied again.
struct AppliedChange {
  ReplicaId replica;  // nil for plain clients
  DeviceSeq device_seq;
  // Plain clients: another payload under a used id is refused. Replicas: a filter of its edits. Of
  // a version taken back: what its author made of the record or a field. Of a stream: its device.
  Hash128 payload{};
  // content_hash of the record after it; zero where nothing is stored. Of a version taken back: the
  // id under which the epochs of its history are remembered; of an edit of a field: its stream.
  Hash128 content{};
  EntityType type{};
  std::string item_id;
  Status status = Status::applied;
  Rev rev;  // of a stream: the version is the first number that a clone of it has used
  Stamp stamp;
  std::string conflict_id;
  std::string copy_id;
  std::optional<Strategy> strategy;
  std::optional<Error> error;
  CommitTime at;
};

// A replica's deletes of one type since the window began.
struct DeleteWindow {
  CommitTime start;
  std::uint64_t live = 0;  // rows of the type when it began
  std::uint64_t deletes = 0;
  bool operator==(const DeleteWindow&) const = default;
};

// One row of sync_conflicts_archive: both versions, the result, the strategy, who and when.
struct ArchiveRow {
  ConflictCase conflict;
  std::string result;       // canonical content that won, or empty
  std::string resolved_by;  // a device id, or `policy`
  std::optional<Choice> choice;
  CommitTime at;
};

// Reads of one user at one moment. Not thread-safe; lives as long as its transaction.
class UserReader {
 public:
  virtual ~UserReader() = default;

  virtual UserState state() = 0;
  virtual Epochs epochs() = 0;  // oldest first; only those in which the user wrote
  virtual Policies policies() = 0;
  virtual std::optional<Record> find(EntityType type, std::string_view id) = 0;

  // Rows with seq > after in seq order until `rows_max` or `bytes_max` (at least one row). `visit`
  // returning false stops early.
  struct PageLimits {
    std::size_t rows_max;
    std::size_t bytes_max;
  };
  virtual std::vector<Record> page(Seq after, PageLimits limits) = 0;
  // The smallest seq whose commit time is after `t`, minus one: where a plain client's `since`
  // begins. Of places without a row only the floor counts.
  virtual Seq seq_at(CommitTime t) = 0;
  // How many live rows of a type there are, and those with seq > after, in seq order.
  virtual std::uint64_t live(EntityType type) = 0;
  virtual std::vector<Record> live_page(EntityType type, Seq after, std::size_t rows_max) = 0;
  // Every live row, in seq order, without copying the content out of the store.
  virtual void each_live(const std::function<void(const Record&)>& visit) = 0;

  virtual std::optional<ReplicaMark> replica(ReplicaId replica) = 0;
  virtual std::optional<AppliedChange> applied(ChangeId change) = 0;
  // All that is remembered, in no order: for recoveries.
  virtual void each_applied(const std::function<void(const AppliedChange&)>& visit) = 0;
  // As it was set last; all zero before.
  virtual DeleteWindow delete_window(ReplicaId replica, EntityType type) = 0;
  // Conflict record ids, oldest first; of all records, or of one.
  virtual std::vector<std::string> conflict_ids(bool all) = 0;
  virtual std::vector<std::string> conflicts_of(EntityType type, std::string_view item_id) = 0;
  // The one that was opened last.
  virtual std::optional<std::string> open_conflict(EntityType type, std::string_view item_id,
                                                   std::string_view losing) = 0;

  virtual const std::optional<Error>& error() const = 0;
};

// Writes of one user inside the shard's current transaction. Runs on the shard's writer thread
// only.
class UserTxn : public UserReader {
 public:
  // How many changes are about to be looked for and written: a store may look ahead.
  virtual void expect(std::size_t /*changes*/) {}
  // Gives the record the next seq, the commit time and, when `record.rev.epoch` is 0, the shard's
  // epoch; removes the row it replaces; keeps head, bytes, records and epochs right.
  virtual void put(Record& record) = 0;
  virtual void set_replica(ReplicaId replica, const DeviceId& device, const ReplicaMark& mark) = 0;
  virtual void remember(ChangeId change, const AppliedChange& applied) = 0;
  virtual void set_policies(const Policies& policies) = 0;
  // `losing` is the losing replica's (plain: device's) id as text.
  virtual void conflict_opened(const std::string& conflict_id, EntityType type,
                               std::string_view item_id, std::string_view losing) = 0;
  virtual void conflict_closed(const std::string& conflict_id) = 0;
  // Takes it from the list of conflicts; its record is the caller's to bury.
  virtual void conflict_forgotten(const std::string& conflict_id) = 0;
  virtual void archive(const ArchiveRow& row) = 0;
  // Removes a record from the archive and from the list of conflicts, whatever it said there.
  // Returns the ids of its conflict records, which are the caller's to bury.
  virtual std::vector<std::string> scrub(EntityType type, std::string_view item_id) = 0;

  virtual void set_delete_window(ReplicaId replica, EntityType type,
                                 const DeleteWindow& window) = 0;
  // Nothing but the number changes: what was read before is of another account from now on. No
  // other reset has the number, nor one that a restore takes back.
  virtual void begin_generation() = 0;

  // What is older than `before` goes, at most `rows_max` rows a call; returns how many went.
  // Tombstones go oldest first, and the floor rises to the last of them; `collected` to the highest
  // version among them.
  virtual std::size_t collect_tombstones(CommitTime before, std::size_t rows_max) = 0;
  virtual std::size_t drop_archive(CommitTime before, std::size_t rows_max) = 0;
  // The results of plain clients' changes, and all results of replicas that pushed nothing since;
  // their marks stay, so that a replica that returns is still known. Delete windows go as well.
  virtual std::size_t forget_results(CommitTime before, std::size_t rows_max) = 0;
};

}  // namespace studiosync
