// What databases fail at: counted, and logged so seldom that a full disk does not flood the log.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/time.hpp"

namespace studiosync::server {

// Thread-safe.
class StoreFailures {
 public:
  explicit StoreFailures(std::function<WallTime()> now);

  // It is shown from now on, with 0: a first failure is then seen to come.
  void watch(std::string database);
  // Logs `store_failed` at once, afterwards once a minute and database with how many there were
  // since. The code is SQLite's, 0 where it has none; the message must hold no content.
  void failed(std::string_view database, int code, std::string_view message);
  std::map<std::string, std::uint64_t> counts() const;

 private:
  struct Seen {
    std::uint64_t count = 0;
    std::uint64_t logged = 0;  // of `count`
    std::optional<WallTime> last_line;
  };

  const std::function<WallTime()> now_;
  mutable std::mutex mutex_;  // guards seen_: writers, readers and workers meet failures
  std::map<std::string, Seen, std::less<>> seen_;
};

}  // namespace studiosync::server
