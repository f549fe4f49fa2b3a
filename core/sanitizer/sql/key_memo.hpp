// Keys that were seen, so that what several readings have in common is looked into once. Lossy:
// what is forgotten is looked into once more. Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace studiosync {

class KeyMemo {
 public:
  // Before the keys of a text of that size: with the first of them it takes memory, half a byte for
  // each of the text's at most, and no more than 1 MiB.
  void make_room(std::size_t text_bytes);

  // False when it is known already. No key is 0.
  bool add(std::uint64_t key);

 private:
  std::size_t wanted_ = 0;
  std::vector<std::uint64_t> keys_;  // a power of two of them
  std::size_t next_victim_ = 0;      // in a bucket without room
};

}  // namespace studiosync
