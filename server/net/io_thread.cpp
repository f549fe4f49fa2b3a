#include "server/net/io_thread.hpp"

#include <boost/asio/post.hpp>
#include <exception>
#include <utility>

#include "server/net/connection.hpp"

namespace studiosync::server {

IoThread::IoThread() : work_(context_.get_executor()) {}

void IoThread::start() {
  thread_ = std::thread([this] { run(); });
}

void IoThread::join() {
  work_.reset();
  if (thread_.joinable()) thread_.join();
}

// Connections catch their own exceptions; what remains is memory running out while asio starts an
// operation, and that must not end the other connections.
void IoThread::run() noexcept {
  for (;;) {
    try {
      context_.run();
      return;
    } catch (const std::exception&) {
      continue;
    }
  }
}

void IoThread::add(std::shared_ptr<Connection> connection) {
  connections_.insert(std::move(connection));
  count_.store(connections_.size(), std::memory_order_relaxed);
}

void IoThread::remove(const std::shared_ptr<Connection>& connection) {
  connections_.erase(connection);
  count_.store(connections_.size(), std::memory_order_relaxed);
  tell_if_empty();
}

void IoThread::tell_when_empty(std::promise<void> empty) {
  empty_ = std::move(empty);
  tell_if_empty();
}

void IoThread::tell_if_empty() {
  if (!empty_ || !connections_.empty()) return;
  empty_->set_value();
  empty_.reset();
}

void IoThread::wake_soon(std::weak_ptr<Connection> connection) {
  {
    const std::lock_guard lock(mutex_);
    to_wake_.push_back(std::move(connection));
    if (to_wake_.size() > 1) return;
  }
  boost::asio::post(context_, [this] { wake_connections(); });
}

void IoThread::wake_connections() {
  std::vector<std::weak_ptr<Connection>> now;
  {
    const std::lock_guard lock(mutex_);
    now.swap(to_wake_);
  }
  for (const auto& connection : now) {
    if (const auto alive = connection.lock()) alive->wake();
  }
}

void IoThread::for_each(const std::function<void(Connection&)>& visit) {
  const std::vector<std::shared_ptr<Connection>> all(connections_.begin(), connections_.end());
  for (const auto& connection : all) visit(*connection);
}

}  // namespace studiosync::server
