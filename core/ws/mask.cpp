#include "core/ws/mask.hpp"

#include <cstring>

namespace studiosync {

// Eight bytes at a time: a mask that is repeated has no byte order.
void apply_mask(std::span<char> payload, const MaskKey& key) noexcept {
  std::array<char, 8> twice{};
  for (std::size_t i = 0; i < twice.size(); ++i) twice[i] = key[i % key.size()];
  std::uint64_t mask = 0;
  std::memcpy(&mask, twice.data(), sizeof mask);
  if (mask == 0) return;
  std::size_t at = 0;
  for (; at + sizeof mask <= payload.size(); at += sizeof mask) {
    std::uint64_t word = 0;
    std::memcpy(&word, &payload[at], sizeof word);
    word ^= mask;
    std::memcpy(&payload[at], &word, sizeof word);
  }
  for (; at < payload.size(); ++at) {
    payload[at] = static_cast<char>(payload[at] ^ key[at % key.size()]);
  }
}

}  // namespace studiosync
