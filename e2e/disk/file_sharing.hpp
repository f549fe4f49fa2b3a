// The locks and the shared write-ahead log index of one file, among the connections of this
// process.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

namespace studiosync::e2e {

// The rules are SQLite's: https://www.sqlite.org/lockingv3.html for the file, and those of
// xShmLock for the index. A connection is a number that the caller chooses.
class FileSharing {
 public:
  using Connection = std::uint64_t;

  void join(Connection connection) { connections_[connection]; }
  // Gives back every lock. The index is gone when nobody uses it.
  void leave(Connection connection);
  bool empty() const noexcept { return connections_.empty(); }

  // Levels are SQLITE_LOCK_…. False: another connection is in the way.
  bool lock(Connection connection, int level);
  void unlock(Connection connection, int level);
  bool reserved() const noexcept;

  // The region's memory; null when it does not exist and `create` is false.
  void* map_index(Connection connection, std::size_t number, std::size_t bytes, bool create);
  void unmap_index(Connection connection);
  // Slots `first` to `first + count - 1`. False: another connection is in the way.
  bool lock_index(Connection connection, int first, int count, bool exclusive);
  void unlock_index(Connection connection, int first, int count);

 private:
  struct State {
    int level = 0;            // SQLITE_LOCK_NONE
    std::uint8_t shared = 0;  // a bit a slot of the index
    std::uint8_t exclusive = 0;
    bool uses_index = false;
  };

  template <class Predicate>
  bool any_other(Connection connection, Predicate predicate) const;

  std::map<Connection, State> connections_;
  std::vector<std::unique_ptr<std::vector<std::uint64_t>>> index_;  // aligned as SQLite needs it
};

}  // namespace studiosync::e2e
