// One user's log in memory, with an undo list in place of SQLite's savepoint.
#pragma once

#include <functional>
#include <vector>

#include "server/store/memory/memory_image.hpp"

namespace studiosync::server {

// Reads and writes `user` at once; undo() takes back everything since construction.
class MemoryUserTxn final : public UserTxn {
 public:
  struct Origin {
    Epoch epoch;
    CommitTime now;
  };

  MemoryUserTxn(MemoryUser& user, Origin origin) noexcept : user_(user), origin_(origin) {}

  UserState state() override { return user_.state; }
  Epochs epochs() override { return user_.epochs; }
  Policies policies() override { return user_.policies; }
  std::optional<Record> find(EntityType type, std::string_view id) override;
  std::vector<Record> page(Seq after, PageLimits limits) override;
  Seq seq_at(CommitTime t) override;
  std::uint64_t live(EntityType type) override;
  std::vector<Record> live_page(EntityType type, Seq after, std::size_t rows_max) override;
  void each_live(const std::function<void(const Record&)>& visit) override;
  std::optional<ReplicaMark> replica(ReplicaId replica) override;
  std::optional<AppliedChange> applied(ChangeId change) override;
  void each_applied(const std::function<void(const AppliedChange&)>& visit) override;
  DeleteWindow delete_window(ReplicaId replica, EntityType type) override;
  std::vector<std::string> conflict_ids(bool all) override;
  std::vector<std::string> conflicts_of(EntityType type, std::string_view item_id) override;
  std::optional<std::string> open_conflict(EntityType type, std::string_view item_id,
                                           std::string_view losing) override;
  const std::optional<Error>& error() const override { return error_; }

  void put(Record& record) override;
  void set_replica(ReplicaId replica, const DeviceId& device, const ReplicaMark& mark) override;
  void remember(ChangeId change, const AppliedChange& applied) override;
  void set_policies(const Policies& policies) override;
  void conflict_opened(const std::string& conflict_id, EntityType type, std::string_view item_id,
                       std::string_view losing) override;
  void conflict_closed(const std::string& conflict_id) override;
  void conflict_forgotten(const std::string& conflict_id) override;
  void archive(const ArchiveRow& row) override;
  std::vector<std::string> scrub(EntityType type, std::string_view item_id) override;
  void set_delete_window(ReplicaId replica, EntityType type, const DeleteWindow& window) override;
  void begin_generation() override;
  std::size_t collect_tombstones(CommitTime before, std::size_t rows_max) override;
  std::size_t drop_archive(CommitTime before, std::size_t rows_max) override;
  std::size_t forget_results(CommitTime before, std::size_t rows_max) override;

  void undo();
  std::uint64_t rows_written() const noexcept { return rows_written_; }
  std::uint64_t bytes_written() const noexcept { return bytes_written_; }

 private:
  // Remembers what a member is, or what a map's key holds, before it changes.
  template <class Value>
  void save(Value MemoryUser::*member) {
    undo_.push_back([member, old = user_.*member](MemoryUser& user) { user.*member = old; });
  }
  template <class Map>
  void save(Map MemoryUser::*map, const typename Map::key_type& key);
  void remove_replaced(const Record& record);
  void count_live(const Record& record, int by);
  bool forgettable(const AppliedChange& applied, CommitTime before) const;

  MemoryUser& user_;
  const Origin origin_;
  std::vector<std::function<void(MemoryUser&)>> undo_;
  std::optional<Error> error_;
  std::uint64_t rows_written_ = 0;
  std::uint64_t bytes_written_ = 0;
};

template <class Map>
void MemoryUserTxn::save(Map MemoryUser::*map, const typename Map::key_type& key) {
  const auto found = (user_.*map).find(key);
  std::optional<typename Map::mapped_type> old;
  if (found != (user_.*map).end()) old = found->second;
  undo_.push_back([map, key, old = std::move(old)](MemoryUser& user) {
    if (old)
      (user.*map).insert_or_assign(key, *old);
    else
      (user.*map).erase(key);
  });
}

}  // namespace studiosync::server
