#include "server/workers/worker_pool.hpp"

#include <cstdio>
#include <exception>
#include <typeinfo>
#include <utility>

#include "core/base/check.hpp"

namespace studiosync::server {
namespace {

Unexpected busy() {
  return fail(ErrorCode::service_unavailable, "too much work is waiting, try again");
}

}  // namespace

WorkerPool::WorkerPool(unsigned threads, std::size_t queue_tasks_max, TaskFailed failed)
    : queue_tasks_max_(queue_tasks_max), failed_(std::move(failed)) {
  SS_CHECK(threads > 0);
  threads_.reserve(threads);
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

void WorkerPool::submit(Task task) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_ && queue_.size() < queue_tasks_max_) {
      queue_.push_back(std::move(task));
      work_.notify_one();
      return;
    }
  }
  task(busy());
}

void WorkerPool::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    work_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (stopping_) return;
    Task task = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    run_one(task);
    task = nullptr;  // what it holds may be slow to end, too
    lock.lock();
  }
}

// An exception that left the thread would end the program without a word to anybody.
void WorkerPool::run_one(Task& task) {
  try {
    task({});
  } catch (const std::exception& thrown) {
    failed_(typeid(thrown).name());
  } catch (...) {
    failed_("unknown");
  }
}

void WorkerPool::to_stderr(std::string_view kind) {
  std::fprintf(stderr, "a worker's task failed: %.*s\n", static_cast<int>(kind.size()),
               kind.data());
}

void WorkerPool::stop() {
  std::deque<Task> refused;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    refused.swap(queue_);
  }
  work_.notify_all();
  for (const Task& task : refused) task(busy());
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

}  // namespace studiosync::server
