#include "server/store/sqlite/thread_writer.hpp"

#include <future>

namespace studiosync::server {

namespace {

// A device that waits for each answer sends the next push well within this: it should not find the
// writer at work on a checkpoint.
constexpr std::chrono::milliseconds quiet{20};

}  // namespace

ThreadWriter::ThreadWriter(GroupCommitter committer, std::size_t queued_tasks_max)
    : committer_(std::move(committer)), queue_(queued_tasks_max), thread_([this] { run(); }) {}

void ThreadWriter::submit(GroupCommitter::Task task, Store::Done done) {
  GroupCommitter::Item item{std::move(task), std::move(done)};
  if (!queue_.push(std::move(item))) item.done(Unexpected(queue_full()));
}

Result<> ThreadWriter::execute(GroupCommitter::Task task) {
  std::promise<Result<>> answer;
  submit(std::move(task), [&answer](Result<> result) { answer.set_value(std::move(result)); });
  return answer.get_future().get();
}

void ThreadWriter::stop() {
  queue_.close();
  if (thread_.joinable()) thread_.join();
}

void ThreadWriter::run() {
  for (;;) {
    auto waiting = queue_.take_all_within(quiet);
    if (waiting.empty()) {
      committer_.checkpoint(true);
      waiting = queue_.take_all();
    }
    if (waiting.empty()) return;
    committer_.commit(std::move(waiting));
    committer_.checkpoint(false);
  }
}

}  // namespace studiosync::server
