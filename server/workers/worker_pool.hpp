// A bounded number of threads for work that takes long, so that it never delays an I/O thread.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

#include "core/base/result.hpp"

namespace studiosync::server {

// Tasks start in the order of the calls. Thread-safe.
class WorkerPool {
 public:
  // Called exactly once: with success on a thread of the pool, or with `service_unavailable` when
  // its turn will not come: at once from submit() when the queue is full or the pool is stopped,
  // from stop() when it was still waiting. One that throws nonetheless (no memory is left) ends
  // there; the pool and the others go on.
  using Task = std::function<void(Result<> admitted)>;
  // Told the kind of exception that left a task, never its text, which may hold users' content.
  // Called on a thread of the pool.
  using TaskFailed = std::function<void(std::string_view kind)>;

  WorkerPool(unsigned threads, std::size_t queue_tasks_max, TaskFailed failed = to_stderr);
  ~WorkerPool() { stop(); }
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  void submit(Task task);
  // Refuses the tasks that wait, then waits for those that run. Not from a thread of the pool.
  void stop();

 private:
  static void to_stderr(std::string_view kind);
  void run();
  void run_one(Task& task);

  const std::size_t queue_tasks_max_;
  const TaskFailed failed_;
  std::mutex mutex_;  // a queue between threads has to have one; held for moves only
  std::condition_variable work_;
  std::deque<Task> queue_;  // guarded by mutex_
  bool stopping_ = false;   // guarded by mutex_
  std::vector<std::thread> threads_;
};

}  // namespace studiosync::server
