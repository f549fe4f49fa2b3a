// Commits many tasks in one transaction, so that a flush of the disk is paid once for all that
// waited for the one before.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "server/store/sqlite/log_upkeep.hpp"
#include "server/store/sqlite/shard_health.hpp"
#include "server/store/sqlite/store_counters.hpp"
#include "server/store/sqlite/user_txn.hpp"
#include "server/store/store.hpp"

namespace studiosync::server {

struct GroupLimits {
  std::size_t queued_tasks_max = 4096;
  // A group ends at either: bounds how long the first of it waits for the last, and the log's
  // growth.
  std::size_t group_tasks_max = 512;
  std::uint64_t group_bytes_max = 8U << 20;
};

// Owns the one connection that writes to a shard, and the only one that checkpoints (SQLite 3.40
// can damage a database when several connections do). Not thread-safe: belongs to a Writer.
class GroupCommitter {
 public:
  using Open = std::function<Result<std::unique_ptr<sqlite::Database>>()>;
  // Runs inside a savepoint. A sticky error of the database undoes this task alone; so does an
  // exception, which is answered with `server_error`.
  using Task = std::function<void(sqlite::Database&, WriteTally&)>;
  struct Item {
    Task task;
    Store::Done done;
  };

  // `open` gives a connection with checkpoint_pages == 0; it is called again after a failed commit
  // or an exception, when the old connection can no longer be trusted. `counters` and `health`
  // must outlive this.
  GroupCommitter(std::unique_ptr<sqlite::Database> db, Open open, GroupLimits limits,
                 StoreCounters& counters, ShardHealth& health);

  // Commits in groups and answers each task when its group is on the disk; see Store::Done.
  void commit(std::deque<Item> waiting);
  // Copies the log back when enough came to it; earlier when `idle`, nobody waiting.
  void checkpoint(bool idle);

 private:
  struct Finished {
    Store::Done done;
    Result<> result;
  };

  // Commits a group from the front of `waiting`, which shrinks, and answers its tasks.
  void commit_group(std::deque<Item>& waiting);
  Result<> execute(std::deque<Item>& waiting, std::vector<Finished>& finished, WriteTally& tally);
  // The task's own result inside the result of what surrounds it, whose error ends the group.
  Result<Result<>> execute_one(const Task& task, WriteTally& tally);
  Result<> run(const Task& task, WriteTally& tally);

  const Open open_;
  const GroupLimits limits_;
  StoreCounters& counters_;
  ShardHealth& health_;
  std::unique_ptr<sqlite::Database> db_;  // null after a failure
  LogUpkeep log_;
  bool distrusted_ = false;  // an exception passed through the connection's caller
};

}  // namespace studiosync::server
