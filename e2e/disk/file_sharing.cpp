#include "e2e/disk/file_sharing.hpp"

#include <sqlite3.h>

#include <algorithm>

namespace studiosync::e2e {

namespace {

std::uint8_t slots(int first, int count) {
  return static_cast<std::uint8_t>(((1U << count) - 1U) << first);
}

}  // namespace

template <class Predicate>
bool FileSharing::any_other(Connection connection, Predicate predicate) const {
  return std::ranges::any_of(connections_, [&](const auto& entry) {
    return entry.first != connection && predicate(entry.second);
  });
}

void FileSharing::leave(Connection connection) {
  unmap_index(connection);
  connections_.erase(connection);
}

bool FileSharing::lock(Connection connection, int level) {
  State& mine = connections_.at(connection);
  if (mine.level >= level) return true;
  const auto others_reach = [&](int reached) {
    return any_other(connection, [&](const State& other) { return other.level >= reached; });
  };
  if (level == SQLITE_LOCK_SHARED) {
    if (others_reach(SQLITE_LOCK_PENDING)) return false;
  } else {
    if (others_reach(SQLITE_LOCK_RESERVED)) return false;
    if (level == SQLITE_LOCK_EXCLUSIVE && others_reach(SQLITE_LOCK_SHARED)) {
      mine.level = SQLITE_LOCK_PENDING;  // keeps new readers out while the old ones finish
      return false;
    }
  }
  mine.level = level;
  return true;
}

void FileSharing::unlock(Connection connection, int level) {
  State& mine = connections_.at(connection);
  mine.level = std::min(mine.level, level);
}

bool FileSharing::reserved() const noexcept {
  return std::ranges::any_of(
      connections_, [](const auto& entry) { return entry.second.level >= SQLITE_LOCK_RESERVED; });
}

void* FileSharing::map_index(Connection connection, std::size_t number, std::size_t bytes,
                             bool create) {
  connections_.at(connection).uses_index = true;
  if (number >= index_.size()) {
    if (!create) return nullptr;
    index_.resize(number + 1);
  }
  auto& region = index_[number];
  if (!region) {
    if (!create) return nullptr;
    region = std::make_unique<std::vector<std::uint64_t>>(bytes / sizeof(std::uint64_t));
  }
  return region->data();
}

void FileSharing::unmap_index(Connection connection) {
  State& mine = connections_.at(connection);
  mine.shared = mine.exclusive = 0;
  mine.uses_index = false;
  if (!any_other(connection, [](const State& other) { return other.uses_index; })) index_.clear();
}

bool FileSharing::lock_index(Connection connection, int first, int count, bool exclusive) {
  const std::uint8_t wanted = slots(first, count);
  const bool refused = any_other(connection, [&](const State& other) {
    const unsigned held = exclusive ? other.shared | other.exclusive : other.exclusive;
    return (held & wanted) != 0;
  });
  if (refused) return false;
  State& mine = connections_.at(connection);
  std::uint8_t& held = exclusive ? mine.exclusive : mine.shared;
  held = static_cast<std::uint8_t>(held | wanted);
  return true;
}

void FileSharing::unlock_index(Connection connection, int first, int count) {
  State& mine = connections_.at(connection);
  const unsigned left = ~static_cast<unsigned>(slots(first, count));
  mine.shared = static_cast<std::uint8_t>(mine.shared & left);
  mine.exclusive = static_cast<std::uint8_t>(mine.exclusive & left);
}

}  // namespace studiosync::e2e
