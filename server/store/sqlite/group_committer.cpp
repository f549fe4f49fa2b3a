#include "server/store/sqlite/group_committer.hpp"

#include "core/base/check.hpp"

namespace studiosync::server {

namespace {

// Pages of write-ahead log worth copying back while nobody waits, and the most that is tolerated
// under load.
constexpr int log_pages_idle = 1'000;
constexpr int log_pages_max = 16'000;
// A full queue empties within a few commits.
constexpr std::int64_t retry_after_ms = 200;

Error queue_full() {
  return {.code = ErrorCode::service_unavailable,
          .message = "too many writes are waiting, or the server is stopping",
          .retry_after_ms = retry_after_ms};
}

}  // namespace

GroupCommitter::GroupCommitter(std::unique_ptr<sqlite::Database> db, Open open, GroupLimits limits,
                               StoreCounters& counters)
    : open_(std::move(open)),
      limits_(limits),
      counters_(counters),
      queue_(limits.queued_tasks_max),
      db_(std::move(db)),
      thread_([this] { run(); }) {}

void GroupCommitter::submit(Task task, Store::Done done) {
  Item item{std::move(task), std::move(done)};
  if (!queue_.push(std::move(item))) item.done(Unexpected(queue_full()));
}

void GroupCommitter::stop() {
  queue_.close();
  if (thread_.joinable()) thread_.join();
}

void GroupCommitter::run() {
  for (auto pending = queue_.take_all(); !pending.empty(); pending = queue_.take_all()) {
    while (!pending.empty()) commit_group(pending);
    checkpoint(queue_.size() == 0);
  }
}

void GroupCommitter::commit_group(std::deque<Item>& pending) {
  std::vector<Finished> finished;
  WriteTally tally;
  const auto committed = execute(pending, finished, tally);
  if (committed) {
    counters_.commits += 1;
    counters_.jobs += finished.size();
    counters_.rows_written += tally.rows;
    counters_.bytes_written += tally.bytes;
  } else {
    db_.reset();
    for (Finished& task : finished)
      if (task.result) task.result = Unexpected(committed.error());
  }
  for (Finished& task : finished) task.done(std::move(task.result));
}

Result<> GroupCommitter::execute(std::deque<Item>& pending, std::vector<Finished>& finished,
                                 WriteTally& tally) {
  const auto take = [&] {
    Item item = std::move(pending.front());
    pending.pop_front();
    finished.push_back({std::move(item.done), {}});
    return std::move(item.task);
  };
  const auto refuse_all = [&](Error error) {
    while (!pending.empty()) take();
    return Unexpected(std::move(error));
  };
  if (!db_) {
    auto opened = open_();
    if (!opened) return refuse_all(std::move(opened).error());
    db_ = std::move(*opened);
  }
  if (auto begun = db_->begin(sqlite::Begin::immediate); !begun)
    return refuse_all(std::move(begun).error());
  while (!pending.empty() && finished.size() < limits_.group_tasks_max &&
         tally.bytes < limits_.group_bytes_max) {
    const Task task = take();
    SS_ASSIGN(finished.back().result, execute_one(task, tally));
  }
  return db_->commit();
}

Result<Result<>> GroupCommitter::execute_one(const Task& task, WriteTally& tally) {
  db_->prepare("SAVEPOINT task").run();
  const WriteTally before = tally;
  task(*db_, tally);
  Result<> outcome = db_->take_error();
  // A full disk or an I/O error can make SQLite give up the whole transaction, savepoints and all.
  if (!db_->in_transaction()) {
    SS_CHECK(!outcome);
    return Unexpected(std::move(outcome).error());
  }
  if (!outcome) {
    tally = before;
    db_->prepare("ROLLBACK TO task").run();
  }
  db_->prepare("RELEASE task").run();
  SS_TRY(db_->take_error());
  return outcome;
}

void GroupCommitter::checkpoint(bool idle) {
  if (!db_) return;
  const int pages = db_->log_pages();
  Result<> done;
  if (pages > log_pages_max)
    done = db_->checkpoint(sqlite::Database::Checkpoint::complete);
  else if (idle && pages > log_pages_idle)
    done = db_->checkpoint(sqlite::Database::Checkpoint::gentle);
  if (!done) db_.reset();  // the log still has everything; the next group opens anew
}

}  // namespace studiosync::server
