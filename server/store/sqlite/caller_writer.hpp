// A shard's writer without a thread: commits when its caller lets it, so that one thread and one
// clock decide everything.
#pragma once

#include <deque>
#include <functional>
#include <memory>

#include "server/store/sqlite/writer.hpp"

namespace studiosync::server {

// Takes a step to run now or later, on the thread of all other calls.
using Post = std::function<void(std::function<void()>)>;

// One thread. At its end what is queued is forgotten and never answered, as in a crash, and steps
// that are still posted do nothing.
class CallerWriter final : public Writer {
 public:
  // `post` is called whenever the queue stops being empty; the step commits all that waits when it
  // runs.
  CallerWriter(GroupCommitter committer, std::size_t queued_tasks_max, Post post);

  void submit(GroupCommitter::Task task, Store::Done done) override;
  // Commits everything before it, too.
  Result<> execute(GroupCommitter::Task task) override;
  std::size_t queued() const override { return waiting_.size(); }
  void stop() override;

 private:
  void commit_waiting();

  GroupCommitter committer_;
  const std::size_t queued_tasks_max_;
  const Post post_;
  std::deque<GroupCommitter::Item> waiting_;
  bool posted_ = false;
  bool committing_ = false;
  bool again_ = false;  // a step came while committing
  bool stopped_ = false;
  const std::shared_ptr<const bool> alive_ = std::make_shared<const bool>(true);
};

}  // namespace studiosync::server
