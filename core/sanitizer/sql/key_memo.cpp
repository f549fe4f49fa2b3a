#include "core/sanitizer/sql/key_memo.hpp"

#include <algorithm>
#include <bit>

namespace studiosync {
namespace {

// Keys of one hash lie side by side.
constexpr std::size_t bucket_keys = 8;

}  // namespace

void KeyMemo::make_room(std::size_t text_bytes) {
  constexpr std::size_t bytes_of_a_key = 32;
  constexpr std::size_t keys_min = 64;
  constexpr std::size_t keys_max = 1U << 17;
  wanted_ = std::clamp(std::bit_ceil(text_bytes / bytes_of_a_key), keys_min, keys_max);
}

bool KeyMemo::add(std::uint64_t key) {
  if (keys_.size() < wanted_) keys_.assign(wanted_, 0);
  const std::uint64_t mixed = key * 0x9e3779b97f4a7c15U;
  const std::size_t bucket = (mixed >> 40U) & (keys_.size() / bucket_keys - 1);
  std::uint64_t* const first = keys_.data() + bucket * bucket_keys;
  for (std::uint64_t* known = first; known != first + bucket_keys; ++known) {
    if (*known == key) return false;
    if (*known != 0) continue;
    *known = key;
    return true;
  }
  first[next_victim_++ % bucket_keys] = key;
  return true;
}

}  // namespace studiosync
