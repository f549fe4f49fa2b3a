// The device's store in memory: for simulated and virtual devices, and for tests of the engine.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "core/sync/device_store.hpp"

namespace studiosync::client {

// Behaves as SqliteDeviceStore does, except that nothing outlives the object and nobody else
// writes. Copyable: a copy is the backup or the clone of a device. Writing outside a transaction is
// a programmer's error.
class MemoryDeviceStore final : public DeviceStore {
 public:
  using DeviceStore::begin;
  Result<> begin(Durability durability) override;
  Result<> commit() override;
  void rollback() override;
  Result<> set_aside(std::string_view why) override;
  std::uint64_t external_change_counter() override { return 0; }  // it has one process only

  DeviceMeta meta() override { return meta_; }
  void set_meta(const DeviceMeta& meta) override;

  std::optional<DeviceRecord> find(EntityType type, std::string_view id) override;
  void put(const DeviceRecord& record) override;

  std::vector<RecordKey> pending(std::size_t limit) override;
  std::vector<FrozenChange> frozen(DeviceSeq after, std::size_t limit) override;
  void add_frozen(const FrozenChange& change) override;
  std::optional<FrozenChange> find_frozen(DeviceSeq seq) override;
  void remove_frozen(DeviceSeq seq) override;

  void add_rejected(const RejectedChange& rejected) override;
  std::vector<RejectedChange> rejected() override { return rejected_; }
  std::vector<RejectedChange> rejected_of(EntityType type, std::string_view id) override;
  void remove_rejected(ChangeId change) override;

  void add_original(const Original& original) override;
  std::vector<Original> originals() override { return originals_; }
  std::vector<Original> originals_of(EntityType type, std::string_view id) override;
  void remove_original(std::uint64_t number) override;
  void trim_originals(std::size_t count, WallTime since) override;

  void note(const JournalEntry& entry) override;
  std::vector<JournalEntry> journal_of(EntityType type, std::string_view id) override;
  void trim_journal(WallTime since) override;

  QueueCounts counts() override;
  std::size_t redacted_records() override;
  std::vector<Record> live_shadows() override;
  std::size_t live_records(EntityType type) override;
  std::size_t pending_deletes(EntityType type) override;
  void forget_tombstones(CommitTime time) override;
  std::vector<DeviceRecord> records(const RecordKey& after, std::size_t limit) override;
  std::vector<DeviceRecord> list(EntityType type, std::string_view after_id,
                                 std::size_t limit) override;

  // All texts of what was set aside (texts.hpp), one copy after another.
  const std::vector<DeviceRecord>& aside() const noexcept { return aside_; }

 private:
  // The entries as they were at `begin`, of those touched since; nothing = not there.
  struct Undo {
    std::map<RecordKey, std::optional<DeviceRecord>> records;
    std::map<DeviceSeq, std::optional<FrozenChange>> outbox;
    std::optional<std::vector<RejectedChange>> rejected;
    std::optional<std::vector<Original>> originals;
    std::uint64_t last_original = 0;
    std::map<RecordKey, std::deque<JournalEntry>> journal;
    std::optional<DeviceMeta> meta;
  };
  using UploadOrder = std::tuple<EntityType, WallTime, std::string>;

  void set_record(const RecordKey& key, const DeviceRecord* record);
  void set_frozen(DeviceSeq seq, const FrozenChange* change);
  std::vector<RejectedChange>& rejected_for_writing();
  std::vector<Original>& originals_for_writing();
  std::deque<JournalEntry>& journal_for_writing(const RecordKey& key);

  DeviceMeta meta_;
  std::map<RecordKey, DeviceRecord> records_;
  std::map<DeviceSeq, FrozenChange> outbox_;
  std::vector<RejectedChange> rejected_;
  std::vector<Original> originals_;  // by number
  std::uint64_t last_original_ = 0;
  std::map<RecordKey, std::deque<JournalEntry>> journal_;
  std::set<UploadOrder> uploadable_;  // of the records with an edit and nothing in flight
  std::size_t edits_ = 0;             // records with an edit
  std::optional<Undo> undo_;          // set inside a transaction
  std::vector<DeviceRecord> aside_;
};

}  // namespace studiosync::client
