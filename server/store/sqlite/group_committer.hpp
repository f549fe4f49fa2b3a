// The one thread that writes to a shard: commits many tasks in one transaction, so that a flush of
// the disk is paid once for all that waited for the one before.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "server/store/sqlite/bounded_queue.hpp"
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

// It is also the only one who checkpoints (SQLite 3.40 can damage a database when several
// connections do).
class GroupCommitter {
 public:
  using Open = std::function<Result<std::unique_ptr<sqlite::Database>>()>;
  // Runs on the writer's thread inside a savepoint. A sticky error of the database undoes this task
  // alone.
  using Task = std::function<void(sqlite::Database&, WriteTally&)>;

  // `open` gives a connection with checkpoint_pages == 0; it is called again after a failed commit,
  // when the old connection's view of the file can no longer be trusted. `counters` must outlive
  // this.
  GroupCommitter(std::unique_ptr<sqlite::Database> db, Open open, GroupLimits limits,
                 StoreCounters& counters);
  ~GroupCommitter() { stop(); }

  // Any thread. See Store::write for `done`.
  void submit(Task task, Store::Done done);
  std::size_t queued() const { return queue_.size(); }
  // Any thread but the writer's, one at a time. Commits what is queued and joins the thread.
  void stop();

 private:
  struct Item {
    Task task;
    Store::Done done;
  };
  struct Finished {
    Store::Done done;
    Result<> result;
  };

  void run();
  // Commits a group from the front of `pending`, which shrinks, and answers its tasks.
  void commit_group(std::deque<Item>& pending);
  Result<> execute(std::deque<Item>& pending, std::vector<Finished>& finished, WriteTally& tally);
  // The task's own result inside the result of what surrounds it, whose error ends the group.
  Result<Result<>> execute_one(const Task& task, WriteTally& tally);
  void checkpoint(bool idle);

  const Open open_;
  const GroupLimits limits_;
  StoreCounters& counters_;
  BoundedQueue<Item> queue_;
  std::unique_ptr<sqlite::Database> db_;  // the writer's thread only; null after a failure
  std::thread thread_;
};

}  // namespace studiosync::server
