// One I/O thread: its io_context, its read buffer and the connections that are pinned to it.
#pragma once

#include <array>
#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <unordered_set>
#include <vector>

namespace studiosync::server {

class Connection;

// Outlives its thread while an answer or a channel still refers to it: posting stays safe, and does
// nothing.
class IoThread {
 public:
  IoThread();

  boost::asio::io_context& context() noexcept { return context_; }
  std::span<char> scratch() noexcept { return scratch_; }

  void start();
  // Lets the thread end once nothing is left to do, and waits for it. The connections must be over.
  void join();

  // On this thread only.
  void add(std::shared_ptr<Connection> connection);
  void remove(const std::shared_ptr<Connection>& connection);
  // A copy, so that the callback may end connections.
  void for_each(const std::function<void(Connection&)>& visit);
  // Fulfilled when the last connection is over; at once when there is none.
  void tell_when_empty(std::promise<void> empty);

  // From any thread: Connection::wake() in a later turn, if it is still there then. A commit may
  // have something for a hundred connections, and the thread wakes up once for all of them.
  void wake_soon(std::weak_ptr<Connection> connection);

  // From any thread.
  std::size_t connections() const noexcept { return count_.load(std::memory_order_relaxed); }

 private:
  void run() noexcept;
  void tell_if_empty();
  void wake_connections();

  boost::asio::io_context context_;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  std::array<char, 64 * 1024> scratch_;
  std::unordered_set<std::shared_ptr<Connection>> connections_;
  std::atomic<std::size_t> count_{0};
  std::optional<std::promise<void>> empty_;
  std::mutex mutex_;  // guards to_wake_: writers and workers add to it
  std::vector<std::weak_ptr<Connection>> to_wake_;
  std::thread thread_;
};

}  // namespace studiosync::server
