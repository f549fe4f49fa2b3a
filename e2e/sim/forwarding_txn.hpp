// A write transaction that hands every call on to another one: the ground of those that change a
// few of them.
#pragma once

#include "core/sync/user_log.hpp"

namespace studiosync::e2e {

// `inner` outlives it.
class ForwardingTxn : public UserTxn {
 public:
  explicit ForwardingTxn(UserTxn& inner) : inner_(inner) {}

  UserState state() override { return inner_.state(); }
  Epochs epochs() override { return inner_.epochs(); }
  Policies policies() override { return inner_.policies(); }
  std::optional<Record> find(EntityType type, std::string_view id) override {
    return inner_.find(type, id);
  }
  std::vector<Record> page(Seq after, PageLimits limits) override {
    return inner_.page(after, limits);
  }
  Seq seq_at(CommitTime t) override { return inner_.seq_at(t); }
  std::uint64_t live(EntityType type) override { return inner_.live(type); }
  std::vector<Record> live_page(EntityType type, Seq after, std::size_t rows_max) override {
    return inner_.live_page(type, after, rows_max);
  }
  void each_live(const std::function<void(const Record&)>& visit) override {
    inner_.each_live(visit);
  }
  std::optional<ReplicaMark> replica(ReplicaId id) override { return inner_.replica(id); }
  std::optional<AppliedChange> applied(ChangeId change) override { return inner_.applied(change); }
  void each_applied(const std::function<void(const AppliedChange&)>& visit) override {
    inner_.each_applied(visit);
  }
  DeleteWindow delete_window(ReplicaId id, EntityType type) override {
    return inner_.delete_window(id, type);
  }
  std::vector<std::string> conflict_ids(bool all) override { return inner_.conflict_ids(all); }
  std::vector<std::string> conflicts_of(EntityType type, std::string_view item_id) override {
    return inner_.conflicts_of(type, item_id);
  }
  std::optional<std::string> open_conflict(EntityType type, std::string_view item_id,
                                           std::string_view losing) override {
    return inner_.open_conflict(type, item_id, losing);
  }
  const std::optional<Error>& error() const override { return inner_.error(); }

  void expect(std::size_t changes) override { inner_.expect(changes); }
  void put(Record& record) override { inner_.put(record); }
  void set_replica(ReplicaId id, const DeviceId& device, const ReplicaMark& mark) override {
    inner_.set_replica(id, device, mark);
  }
  void remember(ChangeId change, const AppliedChange& applied) override {
    inner_.remember(change, applied);
  }
  void set_policies(const Policies& policies) override { inner_.set_policies(policies); }
  void conflict_opened(const std::string& conflict_id, EntityType type, std::string_view item_id,
                       std::string_view losing) override {
    inner_.conflict_opened(conflict_id, type, item_id, losing);
  }
  void conflict_closed(const std::string& conflict_id) override {
    inner_.conflict_closed(conflict_id);
  }
  void conflict_forgotten(const std::string& conflict_id) override {
    inner_.conflict_forgotten(conflict_id);
  }
  void archive(const ArchiveRow& row) override { inner_.archive(row); }
  std::vector<std::string> scrub(EntityType type, std::string_view item_id) override {
    return inner_.scrub(type, item_id);
  }
  void set_delete_window(ReplicaId id, EntityType type, const DeleteWindow& window) override {
    inner_.set_delete_window(id, type, window);
  }
  void begin_generation() override { inner_.begin_generation(); }
  std::size_t collect_tombstones(CommitTime before, std::size_t rows_max) override {
    return inner_.collect_tombstones(before, rows_max);
  }
  std::size_t drop_archive(CommitTime before, std::size_t rows_max) override {
    return inner_.drop_archive(before, rows_max);
  }
  std::size_t forget_results(CommitTime before, std::size_t rows_max) override {
    return inner_.forget_results(before, rows_max);
  }

 private:
  UserTxn& inner_;
};

}  // namespace studiosync::e2e
