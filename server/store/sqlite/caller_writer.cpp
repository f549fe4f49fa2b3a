#include "server/store/sqlite/caller_writer.hpp"

#include <utility>

#include "core/base/check.hpp"

namespace studiosync::server {

CallerWriter::CallerWriter(GroupCommitter committer, std::size_t queued_tasks_max, Post post)
    : committer_(std::move(committer)),
      queued_tasks_max_(queued_tasks_max),
      post_(std::move(post)) {}

void CallerWriter::submit(GroupCommitter::Task task, Store::Done done) {
  if (stopped_ || waiting_.size() >= queued_tasks_max_) return done(Unexpected(queue_full()));
  waiting_.push_back({std::move(task), std::move(done)});
  if (std::exchange(posted_, true)) return;
  post_([this, alive = std::weak_ptr(alive_)] {
    if (!alive.expired()) commit_waiting();
  });
}

Result<> CallerWriter::execute(GroupCommitter::Task task) {
  SS_CHECK(!committing_);
  Result<> answer;
  if (stopped_) return Unexpected(queue_full());
  waiting_.push_back({std::move(task), [&answer](Result<> result) { answer = std::move(result); }});
  commit_waiting();
  return answer;
}

void CallerWriter::stop() {
  commit_waiting();
  stopped_ = true;
}

// An answer may submit more, and a step that is posted from there may run at once: it is left to
// the loop, so that answers keep the order of their tasks.
void CallerWriter::commit_waiting() {
  posted_ = false;
  if (committing_) {
    again_ = true;
    return;
  }
  committing_ = true;
  do {
    again_ = false;
    if (waiting_.empty()) continue;
    committer_.commit(std::exchange(waiting_, {}));
    committer_.checkpoint(waiting_.empty());
  } while (again_);
  committing_ = false;
}

}  // namespace studiosync::server
