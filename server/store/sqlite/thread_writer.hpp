// A shard's writer with a thread of its own: tasks of many threads queue up for it.
#pragma once

#include <thread>

#include "server/store/sqlite/bounded_queue.hpp"
#include "server/store/sqlite/writer.hpp"

namespace studiosync::server {

// All calls from any thread but stop(), which is for one, and not the writer's.
class ThreadWriter final : public Writer {
 public:
  ThreadWriter(GroupCommitter committer, std::size_t queued_tasks_max);
  ~ThreadWriter() override { ThreadWriter::stop(); }

  void submit(GroupCommitter::Task task, Store::Done done) override;
  Result<> execute(GroupCommitter::Task task) override;
  std::size_t queued() const override { return queue_.size(); }
  void stop() override;

 private:
  void run();

  GroupCommitter committer_;  // the writer's thread only
  BoundedQueue<GroupCommitter::Item> queue_;
  std::thread thread_;
};

}  // namespace studiosync::server
