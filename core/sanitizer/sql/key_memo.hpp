// Keys that were seen, so that what several readings have in common is looked into once. Lossy:
// what is forgotten is looked into once more. Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace studiosync {

class KeyMemo {
 public:
  // Takes memory for a text of that size: a quarter of a byte for each of its bytes, at most 1 MiB.
  void make_room(std::size_t text_bytes);

  // False when it is known already. No key is 0.
  bool add(std::uint64_t key) noexcept;

 private:
  std::vector<std::uint64_t> keys_;  // a power of two of them
  std::size_t next_victim_ = 0;      // in a bucket without room
};

}  // namespace studiosync
