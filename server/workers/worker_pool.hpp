// A bounded number of threads for work that takes long, so that it never delays an I/O thread.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "core/base/result.hpp"

namespace studiosync::server {

// Tasks start in the order of the calls. Thread-safe.
class WorkerPool {
 public:
  // Called exactly once: with success on a thread of the pool, or with `service_unavailable` when
  // its turn will not come: at once from submit() when the queue is full or the pool is stopped,
  // from stop() when it was still waiting. Must not throw.
  using Task = std::function<void(Result<> admitted)>;

  WorkerPool(unsigned threads, std::size_t queue_tasks_max);
  ~WorkerPool() { stop(); }
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  void submit(Task task);
  // Refuses the tasks that wait, then waits for those that run. Not from a thread of the pool.
  void stop();

 private:
  void run();

  const std::size_t queue_tasks_max_;
  std::mutex mutex_;  // a queue between threads has to have one; held for moves only
  std::condition_variable work_;
  std::deque<Task> queue_;  // guarded by mutex_
  bool stopping_ = false;   // guarded by mutex_
  std::vector<std::thread> threads_;
};

}  // namespace studiosync::server
