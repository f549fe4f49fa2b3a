// A few read connections that any thread may borrow for one read.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "sqlite/database.hpp"

namespace studiosync::server {

class ReaderPool {
 public:
  using Open = std::function<Result<std::unique_ptr<sqlite::Database>>()>;

  // Connections are opened when they are first needed, `connections_max` (at least 1) at most.
  ReaderPool(Open open, std::size_t connections_max);

  // Any thread. Waits for a free connection, and runs `read` in one transaction: it sees one
  // moment.
  Result<> read(const std::function<void(sqlite::Database&)>& read);

 private:
  using Connection = std::unique_ptr<sqlite::Database>;
  struct Loan;
  // A free connection, or null where the caller must open one.
  Connection borrow();
  // Null gives back the place of a connection that failed.
  void give_back(Connection connection);

  const Open open_;
  std::mutex mutex_;  // guards what follows; never held during a read
  std::condition_variable freed_;
  std::vector<Connection> free_;  // null: not opened yet
};

}  // namespace studiosync::server
