// Decides when and where the writes to a shard are committed.
#pragma once

#include <cstddef>

#include "server/store/sqlite/group_committer.hpp"

namespace studiosync::server {

class Writer {
 public:
  virtual ~Writer() = default;

  // See Store::write for `done`.
  virtual void submit(GroupCommitter::Task task, Store::Done done) = 0;
  // Submits, and returns the answer. Not from within a task or a Done.
  virtual Result<> execute(GroupCommitter::Task task) = 0;
  virtual std::size_t queued() const = 0;
  // Commits what is queued; later tasks are refused.
  virtual void stop() = 0;
};

// The answer to a task that is refused because the queue is full or closed.
inline Error queue_full() {
  // A full queue empties within a few commits.
  constexpr std::int64_t retry_after_ms = 200;
  return {.code = ErrorCode::service_unavailable,
          .message = "too many writes are waiting, or the server is stopping",
          .retry_after_ms = retry_after_ms};
}

}  // namespace studiosync::server
