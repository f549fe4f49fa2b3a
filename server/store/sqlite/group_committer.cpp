#include "server/store/sqlite/group_committer.hpp"

#include <exception>
#include <utility>

#include "core/base/check.hpp"
#include "core/base/zoo.hpp"

namespace studiosync::server {

GroupCommitter::GroupCommitter(std::unique_ptr<sqlite::Database> db, Open open, GroupLimits limits,
                               StoreCounters& counters, ShardHealth& health)
    : open_(std::move(open)),
      limits_(limits),
      counters_(counters),
      health_(health),
      db_(std::move(db)) {}

void GroupCommitter::commit(std::deque<Item> waiting) {
  while (!waiting.empty()) commit_group(waiting);
}

void GroupCommitter::commit_group(std::deque<Item>& waiting) {
  std::vector<Finished> finished;
  WriteTally tally;
  const auto committed = execute(waiting, finished, tally);
  if (committed) {
    counters_.commits += 1;
    counters_.jobs += finished.size();
    counters_.rows_written += tally.rows;
    counters_.bytes_written += tally.bytes;
    if (tally.rows > 0) health_.trust();
  } else {
    health_.commit_failed();
    for (Finished& task : finished)
      if (task.result) task.result = Unexpected(committed.error());
  }
  if (!committed || std::exchange(distrusted_, false)) db_.reset();
  for (Finished& task : finished) task.done(std::move(task.result));
}

Result<> GroupCommitter::execute(std::deque<Item>& waiting, std::vector<Finished>& finished,
                                 WriteTally& tally) {
  const auto take = [&] {
    Item item = std::move(waiting.front());
    waiting.pop_front();
    finished.push_back({std::move(item.done), {}});
    return std::move(item.task);
  };
  const auto refuse_all = [&](Error error) {
    while (!waiting.empty()) take();
    return Unexpected(std::move(error));
  };
  if (!db_) {
    auto opened = open_();
    if (!opened) return refuse_all(std::move(opened).error());
    db_ = std::move(*opened);
    log_ = {};
  }
  if (auto begun = db_->begin(sqlite::Begin::immediate); !begun)
    return refuse_all(std::move(begun).error());
  while (!waiting.empty() && finished.size() < limits_.group_tasks_max &&
         tally.bytes < limits_.group_bytes_max) {
    const Task task = take();
    SS_ASSIGN(finished.back().result, execute_one(task, tally));
  }
  if (SS_ZOO(answers_precede_the_disk)) {
    for (Finished& task : finished) std::exchange(task.done, [](auto) {})(task.result);
  }
  return db_->commit();
}

// The message is ours: an exception's can quote what was written.
Result<> GroupCommitter::run(const Task& task, WriteTally& tally) {
  try {
    task(*db_, tally);
    return db_->take_error();
  } catch (const std::exception&) {
    distrusted_ = true;
    (void)db_->take_error();  // whatever was thrown because of it
    constexpr const char* message = "the write ended unexpectedly";
    health_.failed(0, message);
    return fail(ErrorCode::server_error, message);
  }
}

Result<Result<>> GroupCommitter::execute_one(const Task& task, WriteTally& tally) {
  db_->prepare("SAVEPOINT task").run();
  const WriteTally before = tally;
  Result<> outcome = run(task, tally);
  // A full disk or an I/O error can make SQLite give up the whole transaction, savepoints and all.
  if (!db_->in_transaction()) {
    SS_CHECK(!outcome);
    return Unexpected(std::move(outcome).error());
  }
  if (!outcome) {
    tally = before;
    if (!SS_ZOO(failed_task_is_not_rolled_back)) db_->prepare("ROLLBACK TO task").run();
  }
  db_->prepare("RELEASE task").run();
  SS_TRY(db_->take_error());
  return outcome;
}

void GroupCommitter::checkpoint(bool idle) {
  // The next group opens anew.
  if (db_ && !log_.copy_back(*db_, idle)) db_.reset();
}

}  // namespace studiosync::server
