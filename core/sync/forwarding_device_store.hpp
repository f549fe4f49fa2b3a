// A device's store that hands every call on to another one: the ground of stores that change a few
// of them. Not thread-safe, as the port; `inner` must outlive it.
#pragma once

#include "core/sync/device_store.hpp"

namespace studiosync {

class ForwardingDeviceStore : public DeviceStore {
 public:
  ForwardingDeviceStore(const ForwardingDeviceStore&) = delete;
  ForwardingDeviceStore& operator=(const ForwardingDeviceStore&) = delete;

  using DeviceStore::begin;
  Result<> begin(Durability durability) override { return inner_.begin(durability); }
  Result<> commit() override { return inner_.commit(); }
  void rollback() override { inner_.rollback(); }
  Result<> set_aside(std::string_view why) override { return inner_.set_aside(why); }
  std::uint64_t external_change_counter() override { return inner_.external_change_counter(); }

  DeviceMeta meta() override { return inner_.meta(); }
  void set_meta(const DeviceMeta& meta) override { inner_.set_meta(meta); }
  std::optional<DeviceRecord> find(EntityType type, std::string_view id) override {
    return inner_.find(type, id);
  }
  void put(const DeviceRecord& record) override { inner_.put(record); }
  std::vector<RecordKey> pending(std::size_t limit) override { return inner_.pending(limit); }
  std::vector<FrozenChange> frozen(DeviceSeq after, std::size_t limit) override {
    return inner_.frozen(after, limit);
  }
  void add_frozen(const FrozenChange& change) override { inner_.add_frozen(change); }
  std::optional<FrozenChange> find_frozen(DeviceSeq seq) override {
    return inner_.find_frozen(seq);
  }
  void remove_frozen(DeviceSeq seq) override { inner_.remove_frozen(seq); }
  void add_rejected(const RejectedChange& rejected) override { inner_.add_rejected(rejected); }
  std::vector<RejectedChange> rejected() override { return inner_.rejected(); }
  std::vector<RejectedChange> rejected_of(EntityType type, std::string_view id) override {
    return inner_.rejected_of(type, id);
  }
  void remove_rejected(ChangeId change) override { inner_.remove_rejected(change); }
  void add_original(const Original& original) override { inner_.add_original(original); }
  std::vector<Original> originals() override { return inner_.originals(); }
  std::vector<Original> originals_of(EntityType type, std::string_view id) override {
    return inner_.originals_of(type, id);
  }
  void remove_original(std::uint64_t number) override { inner_.remove_original(number); }
  void trim_originals(std::size_t count, WallTime since) override {
    inner_.trim_originals(count, since);
  }
  void note(const JournalEntry& entry) override { inner_.note(entry); }
  std::vector<JournalEntry> journal_of(EntityType type, std::string_view id) override {
    return inner_.journal_of(type, id);
  }
  void trim_journal(WallTime since) override { inner_.trim_journal(since); }
  QueueCounts counts() override { return inner_.counts(); }
  std::size_t redacted_records() override { return inner_.redacted_records(); }
  std::vector<Record> live_shadows() override { return inner_.live_shadows(); }
  std::size_t live_records(EntityType type) override { return inner_.live_records(type); }
  std::size_t pending_deletes(EntityType type) override { return inner_.pending_deletes(type); }
  void forget_tombstones(CommitTime time) override { inner_.forget_tombstones(time); }
  std::vector<DeviceRecord> records(const RecordKey& after, std::size_t limit) override {
    return inner_.records(after, limit);
  }
  std::vector<DeviceRecord> list(EntityType type, std::string_view after_id,
                                 std::size_t limit) override {
    return inner_.list(type, after_id, limit);
  }

 protected:
  // `inner` may be a member of the derived class: it is only called from here on.
  explicit ForwardingDeviceStore(DeviceStore& inner) noexcept : inner_(inner) {}

 private:
  DeviceStore& inner_;
};

}  // namespace studiosync
