// What both sides of the port UserReader need: the queries of one user on one connection.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/sync/user_log.hpp"
#include "sqlite/database.hpp"

namespace studiosync::server {

// A row of the table `users`.
struct UserRow {
  UserState state;
  Epoch epoch;          // of the row at `head`; 0 before the first
  CommitTime floor_at;  // of the tombstone at `floor`
};

// Lives inside one transaction of `db`, on its thread. Errors are the connection's sticky ones.
class UserReads {
 public:
  UserReads(sqlite::Database& db, UserId user) noexcept : db_(db), user_(user) {}

  UserRow user_row();
  Epochs epochs();
  Policies policies();
  std::optional<Record> find(EntityType type, std::string_view id);
  std::vector<Record> page(Seq after, UserReader::PageLimits limits);
  Seq seq_at(CommitTime t, const UserRow& user);
  std::uint64_t live(EntityType type);
  std::vector<Record> live_page(EntityType type, Seq after, std::size_t rows_max);
  void each_live(const std::function<void(const Record&)>& visit);
  std::optional<ReplicaMark> replica(ReplicaId replica);
  std::optional<AppliedChange> applied(ChangeId change);
  // The next ones that are stored before and behind it.
  std::pair<std::optional<ChangeId>, std::optional<ChangeId>> changes_beside(ChangeId change);
  std::pair<std::optional<std::string>, std::optional<std::string>> ids_beside(EntityType type,
                                                                               std::string_view id);
  void each_applied(const std::function<void(const AppliedChange&)>& visit);
  DeleteWindow delete_window(ReplicaId replica, EntityType type);
  std::vector<std::string> conflict_ids(bool all);
  std::vector<std::string> conflicts_of(EntityType type, std::string_view item_id);
  std::optional<std::string> open_conflict(EntityType type, std::string_view item_id,
                                           std::string_view losing);

  sqlite::Database& database() noexcept { return db_; }
  UserId user() const noexcept { return user_; }
  std::uint64_t rows_read() const noexcept { return rows_read_; }

 private:
  struct Place {
    Seq seq;
    CommitTime committed;
  };
  // The first row behind `after`.
  std::optional<Place> place_after(Seq after);
  bool read_row(const sqlite::Statement& row, Record& record);
  sqlite::Statement rows_after(Seq after, std::size_t rows_max);

  sqlite::Database& db_;
  UserId user_;
  std::uint64_t rows_read_ = 0;
};

// Answers the calls of UserReader that only read; `Port` is UserReader or UserTxn.
template <class Port>
class ReadingPort : public Port {
 public:
  explicit ReadingPort(sqlite::Database& db, UserId user) noexcept : reads_(db, user) {}

  UserState state() override { return user_row().state; }
  Epochs epochs() override { return reads_.epochs(); }
  Policies policies() override { return reads_.policies(); }
  std::optional<Record> find(EntityType type, std::string_view id) override {
    return reads_.find(type, id);
  }
  std::vector<Record> page(Seq after, UserReader::PageLimits limits) override {
    return reads_.page(after, limits);
  }
  Seq seq_at(CommitTime t) override { return reads_.seq_at(t, user_row()); }
  std::uint64_t live(EntityType type) override { return reads_.live(type); }
  std::vector<Record> live_page(EntityType type, Seq after, std::size_t rows_max) override {
    return reads_.live_page(type, after, rows_max);
  }
  void each_live(const std::function<void(const Record&)>& visit) override {
    reads_.each_live(visit);
  }
  std::optional<ReplicaMark> replica(ReplicaId replica) override { return reads_.replica(replica); }
  std::optional<AppliedChange> applied(ChangeId change) override { return reads_.applied(change); }
  void each_applied(const std::function<void(const AppliedChange&)>& visit) override {
    reads_.each_applied(visit);
  }
  DeleteWindow delete_window(ReplicaId replica, EntityType type) override {
    return reads_.delete_window(replica, type);
  }
  std::vector<std::string> conflict_ids(bool all) override { return reads_.conflict_ids(all); }
  std::vector<std::string> conflicts_of(EntityType type, std::string_view item_id) override {
    return reads_.conflicts_of(type, item_id);
  }
  std::optional<std::string> open_conflict(EntityType type, std::string_view item_id,
                                           std::string_view losing) override {
    return reads_.open_conflict(type, item_id, losing);
  }
  const std::optional<Error>& error() const override { return reads_.database().error(); }

  std::uint64_t rows_read() const noexcept { return reads_.rows_read(); }

 protected:
  virtual UserRow user_row() { return reads_.user_row(); }

  mutable UserReads reads_;
};

// One user's log at one moment, for readers.
using SqliteUserReader = ReadingPort<UserReader>;

}  // namespace studiosync::server
