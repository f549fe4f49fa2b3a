// Hands values from many threads to one, in order, and refuses what is too much.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <utility>

namespace studiosync::server {

// Full: push() refuses at once, the caller tells its peer to come back. All calls from any thread.
template <class Value>
class BoundedQueue {
 public:
  explicit BoundedQueue(std::size_t values_max) : values_max_(values_max) {}

  // False, and `value` is untouched, when the queue is full or closed.
  bool push(Value&& value) {
    {
      const std::lock_guard lock(mutex_);
      if (closed_ || values_.size() >= values_max_) return false;
      values_.push_back(std::move(value));
    }
    waiting_.notify_one();
    return true;
  }

  // Waits for a value, then takes all there are. Empty only when closed and drained.
  std::deque<Value> take_all() {
    std::unique_lock lock(mutex_);
    waiting_.wait(lock, [this] { return closed_ || !values_.empty(); });
    return std::exchange(values_, {});
  }

  // The same, but no longer than `patience`: empty also when nothing came.
  std::deque<Value> take_all_within(std::chrono::milliseconds patience) {
    std::unique_lock lock(mutex_);
    waiting_.wait_for(lock, patience, [this] { return closed_ || !values_.empty(); });
    return std::exchange(values_, {});
  }

  // Nothing more comes in; what is in can still be taken.
  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    waiting_.notify_all();
  }

  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return values_.size();
  }

 private:
  const std::size_t values_max_;
  mutable std::mutex mutex_;  // guards what follows; held for a move at most
  std::condition_variable waiting_;
  std::deque<Value> values_;
  bool closed_ = false;
};

}  // namespace studiosync::server
