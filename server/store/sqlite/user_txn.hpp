// One user's log inside the shard's write transaction.
#pragma once

#include <map>

#include "server/store/sqlite/gap.hpp"
#include "server/store/sqlite/user_reads.hpp"

namespace studiosync::server {

// What a group of jobs has written so far.
struct WriteTally {
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;
};

// Lives for one job, on the writer's thread. The user's numbers are kept in memory and written by
// finish().
class SqliteUserTxn final : public ReadingPort<UserTxn> {
 public:
  struct Origin {
    Epoch epoch;     // of this server start
    CommitTime now;  // commit times follow it, and rise even when it stands still
  };

  SqliteUserTxn(sqlite::Database& db, UserId user, Origin origin, WriteTally& tally);

  void expect(std::size_t changes) override { expected_ = changes; }
  std::optional<Record> find(EntityType type, std::string_view id) override;
  std::optional<AppliedChange> applied(ChangeId change) override;
  std::uint64_t live(EntityType type) override;
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

  // After the job: writes the user's numbers.
  void finish();

 private:
  UserRow user_row() override { return row_; }

  struct Replaced {
    std::int64_t key;
    bool live;
    std::size_t bytes;
  };
  // What find() looked for last. The logic looks for a record before it writes it: the row need
  // not be looked for again.
  struct Found {
    EntityType type;
    std::string id;
    std::optional<Replaced> replaced;
  };
  bool worth_a_look() const noexcept;
  std::optional<Record> find_stored(EntityType type, std::string_view id);
  bool found_last(EntityType type, std::string_view id) const;
  std::optional<Replaced> stored(EntityType type, std::string_view id);
  void remove_replaced(const Record& record, const Replaced& old);
  void stamp(Record& record);
  void count(const Record& record);
  void mark_epoch();
  void write_live();
  std::size_t forget_plain_results(CommitTime before, std::size_t rows_max);
  std::optional<ReplicaId> quiet_replica(CommitTime before);
  std::size_t forget_results_of(ReplicaId replica, std::size_t rows_max);

  Origin origin_;
  WriteTally& tally_;
  UserRow row_;
  std::map<EntityType, std::int64_t> live_change_;  // by this job
  bool changed_ = false;
  std::optional<Found> found_;  // none when rows were written since
  std::size_t expected_ = 1;
  Gap<ChangeId> new_changes_;
  std::map<EntityType, Gap<std::string>> new_ids_;
};

}  // namespace studiosync::server
