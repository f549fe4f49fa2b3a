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

// A borrowed connection, or a place for one. Only one whose transaction ended well is given back:
// not after an error, nor when the reader throws.
struct ReaderPool::Loan {
  explicit Loan(ReaderPool& from) : pool(from), connection(from.borrow()) {}
  ~Loan() {
    if (!sound) connection.reset();
    pool.give_back(std::move(connection));
  }
  Loan(const Loan&) = delete;
  Loan& operator=(const Loan&) = delete;

  ReaderPool& pool;
  Connection connection;
  bool sound = false;
};

Result<> ReaderPool::read(const std::function<void(sqlite::Database&)>& read) {
  Loan loan(*this);
  if (!loan.connection) {
    SS_ASSIGN(loan.connection, open_());
  }
  SS_TRY(loan.connection->begin(sqlite::Begin::deferred));
  read(*loan.connection);
  SS_TRY(loan.connection->commit());
  loan.sound = true;
  return {};
}

}  // namespace studiosync::server
