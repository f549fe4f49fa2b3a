#include "server/store/sqlite/reader_pool.hpp"

#include "core/base/check.hpp"

namespace studiosync::server {

ReaderPool::ReaderPool(Open open, std::size_t connections_max)
    : open_(std::move(open)), free_(connections_max) {
  SS_CHECK(connections_max > 0);
}

// From the back: the connection that was used last has its pages in memory.
ReaderPool::Connection ReaderPool::borrow() {
  std::unique_lock lock(mutex_);
  freed_.wait(lock, [this] { return !free_.empty(); });
  Connection connection = std::move(free_.back());
  free_.pop_back();
  return connection;
}

void ReaderPool::give_back(Connection connection) {
  {
    const std::lock_guard lock(mutex_);
    // Those not opened yet go to the front, so that they are taken last.
    free_.insert(connection ? free_.end() : free_.begin(), std::move(connection));
  }
  freed_.notify_one();
}

Result<> ReaderPool::read(const std::function<void(sqlite::Database&)>& read) {
  Connection connection = borrow();
  if (!connection) {
    auto opened = open_();
    if (!opened) {
      give_back(nullptr);
      return Unexpected(std::move(opened).error());
    }
    connection = std::move(*opened);
  }
  Result<> result = connection->begin(sqlite::Begin::deferred);
  if (result) {
    read(*connection);
    result = connection->commit();
  }
  if (!result) connection.reset();
  give_back(std::move(connection));
  return result;
}

}  // namespace studiosync::server
