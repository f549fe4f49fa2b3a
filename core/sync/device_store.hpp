// The device's store as the engine sees it. One port, two implementations (SQLite, memory), one
// test for both.
//
// Between `begin` and `commit` everything is one transaction; `begin` takes the write lock, so that
// two processes on one data folder take turns. Errors are sticky as in user_log.hpp: after a
// failure reads answer "nothing", writes do nothing, and `commit` returns the error and rolls back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/protocol/message.hpp"
#include "core/sync/journal.hpp"

namespace studiosync {

// What the next connection owes before the device goes on as usual. It survives the process: a
// recovery that was cut begins again.
enum class Recovery : std::uint8_t {
  none,
  reconcile,  // the server was restored: it is given back what it lost
  resync,     // a complete snapshot, and the sweep of what is not in it
  asks,       // as resync; the sweep would remove so much that the user is asked first
  confirmed,  // as resync; the user has agreed to the sweep
};
std::string_view to_string(Recovery recovery) noexcept;
// `none` for any other text.
Recovery recovery_from(std::string_view text) noexcept;

// The numbers that the engine keeps between runs: one row.
struct DeviceMeta {
  DeviceId device;
  std::string device_name;
  std::string user_id;  // the account that this database belongs to; empty before setup
  ReplicaId replica;
  DeviceSeq last_frozen;  // given to the newest frozen change
  ChangeId last_frozen_id;
  DeviceSeq last_acked;
  ChangeId last_acked_id;
  Cursor cursor;
  // The last place of which rows are stored here: beyond the cursor where an answer left a gap, or
  // a snapshot is not at its end. Of no account where it is not beyond the cursor.
  Cursor ahead;
  Epochs epochs;  // of the server, as last told
  Stamp clock;
  WallTime last_sync;  // when everything was last settled; 0 = never
  Recovery recovery = Recovery::none;
  WallTime digest_due;  // when all records are compared with the server's next; 0 = not planned yet
  bool operator==(const DeviceMeta&) const = default;
};

// The user's edits of one record that are not frozen yet. Coalesced: one a record.
struct PendingEdit {
  Action action = Action::upsert;
  std::string reason;
  Rev base;  // what the user looked at when the first of these edits was made
  std::vector<std::string>
      changed;  // sorted; top-level fields that differ from what the user looked at
  Stamp stamp;
  WallTime queued;         // of the first of these edits
  bool confirmed = false;  // a delete that was held, and that the user insists on
  bool operator==(const PendingEdit&) const = default;
};

// A change that has its place in the replica's stream. Never altered, merged or reordered.
struct FrozenChange {
  DeviceSeq seq;
  ChangeId change;
  EntityType type{};
  std::string id;
  Action action = Action::upsert;
  std::string reason;
  Rev base;
  std::vector<std::string> changed;
  Stamp stamp;
  std::string content;     // sanitized, canonical; empty for a delete
  bool confirmed = false;  // as in PendingEdit
  bool operator==(const FrozenChange&) const = default;
};

// Everything a device knows of one record.
struct DeviceRecord {
  EntityType type{};
  std::string id;
  std::string content;           // what the user sees; canonical; empty = nothing (deleted)
  bool local_only = false;       // never queued: private history, device-local preferences
  std::optional<Record> shadow;  // the last server version; a tombstone is one too
  std::optional<PendingEdit> edit;
  std::optional<DeviceSeq> in_flight;  // its frozen change; at most one
  // The redaction marks, sorted: top-level fields of `content` that the server has, too, but
  // redacted.
  std::vector<std::string> redacted;
  bool operator==(const DeviceRecord&) const = default;
};

// A field as the user wrote it, which the server never had unredacted and which another device's
// version has replaced here, or for now the user's own delete. It never leaves the device.
struct Original {
  std::uint64_t number = 0;  // given by the store, rising, never given twice
  EntityType type{};
  std::string id;
  std::string field;
  std::string value;   // canonical JSON
  std::string record;  // all of the content, where the whole record went; else empty
  Rev replaced_by;     // version 0 where nothing took its place yet
  WallTime at;
  bool operator==(const Original&) const = default;
};

// A change that the server refused for good, or a delete that is held (mass_delete_held): kept and
// listed until the user decides, or until his delete of the record has happened. Of a text, each
// field of `change.changed` is in one of the two lists, or in none where the user has written
// another upon it, which the server took.
struct RejectedChange {
  FrozenChange change;
  Error error;
  WallTime at;
  bool made_anew = false;  // the record was created or edited since, and not upon this text
  // Sorted. What the user sees, below later edits of his.
  std::vector<std::string> shown;
  // Sorted. Others wrote in its place: only the list has it.
  std::vector<std::string> replaced;
};

struct RecordKey {
  EntityType type{};
  std::string id;
  friend auto operator<=>(const RecordKey&, const RecordKey&) = default;
};

struct QueueCounts {
  std::size_t pending = 0;  // records with an edit that is not frozen
  std::size_t frozen = 0;
  std::size_t rejected = 0;
};

// What a commit promises when the power fails afterwards. The device's own process may die at any
// moment either way.
enum class Durability : std::uint8_t {
  full,     // the transaction is on the disk when `commit` returns
  relaxed,  // it may be lost as a whole, with all relaxed ones after it: for what can be pulled
            // again
};

// Not thread-safe: one thread at a time; other processes are kept out by the transaction.
class DeviceStore {
 public:
  virtual ~DeviceStore() = default;

  virtual Result<> begin(Durability durability) = 0;
  Result<> begin() { return begin(Durability::full); }
  virtual Result<> commit() = 0;
  virtual void rollback() = 0;

  // Keeps a copy of everything as it is now beside the store, on the disk when this returns. Nobody
  // touches it again, unless another is made before anything is committed, which supersedes it.
  // `why` is a word for people. Outside a transaction only; on failure nothing has changed.
  virtual Result<> set_aside(std::string_view why) = 0;

  // Another number than last time when another process has committed since.
  virtual std::uint64_t external_change_counter() = 0;

  virtual DeviceMeta meta() = 0;
  virtual void set_meta(const DeviceMeta& meta) = 0;

  virtual std::optional<DeviceRecord> find(EntityType type, std::string_view id) = 0;
  // Replaces what is known of (type, id). A record with no content, no shadow, no edit and nothing
  // in flight is removed.
  virtual void put(const DeviceRecord& record) = 0;
  // Puts a row of the server's of which nothing is known yet: shadow and content are the row's.
  // False, and nothing has changed, where something is known of it or was refused of it. A store
  // that can tell by one write alone overrides it: most rows of a first sync are new.
  virtual bool add(const Record& row);

  // Keys with a pending edit and nothing in flight: in upload order (EntityType), then oldest
  // first.
  virtual std::vector<RecordKey> pending(std::size_t limit) = 0;
  // In device_seq order, those after `after`.
  virtual std::vector<FrozenChange> frozen(DeviceSeq after, std::size_t limit) = 0;
  virtual void add_frozen(const FrozenChange& change) = 0;
  virtual std::optional<FrozenChange> find_frozen(DeviceSeq seq) = 0;
  virtual void remove_frozen(DeviceSeq seq) = 0;

  virtual void add_rejected(const RejectedChange& rejected) = 0;
  virtual std::vector<RejectedChange> rejected() = 0;
  virtual std::vector<RejectedChange> rejected_of(EntityType type, std::string_view id) = 0;
  virtual void remove_rejected(ChangeId change) = 0;

  // The store gives the number.
  virtual void add_original(const Original& original) = 0;
  // By number.
  virtual std::vector<Original> originals() = 0;
  virtual std::vector<Original> originals_of(EntityType type, std::string_view id) = 0;
  virtual void remove_original(std::uint64_t number) = 0;
  // Removes all but the newest `count` beside those of own deletes, and those from before `since`.
  virtual void trim_originals(std::size_t count, WallTime since) = 0;

  // Adds to the record's timeline, of which it keeps the newest journal_of_record_max. For people:
  // nothing is decided by it.
  virtual void note(const JournalEntry& entry) = 0;
  // Oldest first.
  virtual std::vector<JournalEntry> journal_of(EntityType type, std::string_view id) = 0;
  // Forgets what was noted before `since`; entries after a younger one may stay.
  virtual void trim_journal(WallTime since) = 0;

  virtual QueueCounts counts() = 0;
  // Records with a redaction mark.
  virtual std::size_t redacted_records() = 0;
  // Visits every record with a live shadow; for the digest.
  virtual std::vector<Record> live_shadows() = 0;
  // Of a type: records that the server has, as far as is known here.
  virtual std::size_t live_records(EntityType type) = 0;
  // Of a type: ordinary deletes that wait for their place in the stream, and are not confirmed.
  virtual std::size_t pending_deletes(EntityType type) = 0;
  // Forgets the records whose shadow is a tombstone from before `time` and of which there is
  // nothing else. Of a local one only the shadow is forgotten, and not that of its own withdrawal:
  // a server that is restored from an old backup must hear of it.
  virtual void forget_tombstones(CommitTime time) = 0;
  // Everything that is known, by type and id: the records after `after`.
  virtual std::vector<DeviceRecord> records(const RecordKey& after, std::size_t limit) = 0;
  // Visible records of a type, by id: those after `after_id`.
  virtual std::vector<DeviceRecord> list(EntityType type, std::string_view after_id,
                                         std::size_t limit) = 0;
};

}  // namespace studiosync
