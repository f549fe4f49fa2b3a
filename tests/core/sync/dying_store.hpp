// A device's store whose process dies: after so many transactions none begins any more.
#pragma once

#include <cstdint>

#include "core/sync/device_store.hpp"

namespace studiosync::testing {

// Forwards to the store that survives. Copies set aside count as transactions.
class DyingStore final : public DeviceStore {
 public:
  explicit DyingStore(DeviceStore& inner) : inner_(inner) {}

  // From now on; none: it lives for ever.
  void die_after(std::optional<std::uint64_t> transactions) { left_ = transactions; }
  bool dead() const { return left_ == 0U; }

  Result<> begin(Durability durability) override {
    SS_TRY(spend());
    return inner_.begin(durability);
  }
  Result<> commit() override { return inner_.commit(); }
  void rollback() override { inner_.rollback(); }
  Result<> set_aside(std::string_view why) override {
    SS_TRY(spend());
    return inner_.set_aside(why);
  }

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

 private:
  Result<> spend() {
    if (left_ == 0U) return fail(ErrorCode::store_error, "the process is dead");
    if (left_) --*left_;
    return {};
  }

  DeviceStore& inner_;
  std::optional<std::uint64_t> left_;
};

}  // namespace studiosync::testing
