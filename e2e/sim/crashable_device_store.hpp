// A device's store in memory on a disk that can be full, and that may lose relaxed transactions
// when the power fails.
#pragma once

#include <vector>

#include "client/store/memory_device_store.hpp"
#include "core/base/random.hpp"

namespace studiosync::e2e {

class CrashableDeviceStore final : public DeviceStore {
 public:
  explicit CrashableDeviceStore(client::MemoryDeviceStore store) : store_(std::move(store)) {}

  // From now on remembers what a crash may leave; it costs a copy a relaxed transaction.
  void expect_crash() noexcept { crash_expected_ = true; }
  // What a crash leaves: everything up to one of the relaxed transactions since the last full one.
  client::MemoryDeviceStore after_crash(Random& random) const;
  const client::MemoryDeviceStore& contents() const noexcept { return store_; }

  bool full = false;  // commits fail

  using DeviceStore::begin;
  Result<> begin(Durability durability) override;
  Result<> commit() override;
  void rollback() override;

  DeviceMeta meta() override { return store_.meta(); }
  void set_meta(const DeviceMeta& meta) override { store_.set_meta(meta); }
  std::optional<DeviceRecord> find(EntityType type, std::string_view id) override {
    return store_.find(type, id);
  }
  void put(const DeviceRecord& record) override { store_.put(record); }
  std::vector<RecordKey> pending(std::size_t limit) override { return store_.pending(limit); }
  std::vector<FrozenChange> frozen(DeviceSeq after, std::size_t limit) override {
    return store_.frozen(after, limit);
  }
  void add_frozen(const FrozenChange& change) override { store_.add_frozen(change); }
  std::optional<FrozenChange> find_frozen(DeviceSeq seq) override {
    return store_.find_frozen(seq);
  }
  void remove_frozen(DeviceSeq seq) override { store_.remove_frozen(seq); }
  void add_rejected(const RejectedChange& rejected) override { store_.add_rejected(rejected); }
  std::vector<RejectedChange> rejected() override { return store_.rejected(); }
  void remove_rejected(ChangeId change) override { store_.remove_rejected(change); }
  void add_original(const Original& original) override { store_.add_original(original); }
  std::vector<Original> originals() override { return store_.originals(); }
  std::vector<Original> originals_of(EntityType type, std::string_view id) override {
    return store_.originals_of(type, id);
  }
  void remove_original(std::uint64_t number) override { store_.remove_original(number); }
  void trim_originals(std::size_t count, WallTime since) override {
    store_.trim_originals(count, since);
  }
  QueueCounts counts() override { return store_.counts(); }
  std::size_t redacted_records() override { return store_.redacted_records(); }
  std::vector<Record> live_shadows() override { return store_.live_shadows(); }
  Result<> set_aside(std::string_view why) override;
  std::size_t live_records(EntityType type) override { return store_.live_records(type); }
  std::size_t pending_deletes(EntityType type) override { return store_.pending_deletes(type); }
  void forget_tombstones(CommitTime time) override { store_.forget_tombstones(time); }
  std::vector<DeviceRecord> records(const RecordKey& after, std::size_t limit) override {
    return store_.records(after, limit);
  }
  std::vector<DeviceRecord> list(EntityType type, std::string_view after_id,
                                 std::size_t limit) override {
    return store_.list(type, after_id, limit);
  }

 private:
  client::MemoryDeviceStore store_;
  bool crash_expected_ = false;
  Durability current_ = Durability::full;
  // The contents before each relaxed transaction since the last full one.
  std::vector<client::MemoryDeviceStore> earlier_;
};

}  // namespace studiosync::e2e
