// A shard's epoch, drawn at each server start and after a failed commit, and what follows from it.
#pragma once

#include <string>

#include "core/base/ids.hpp"
#include "core/base/sha256.hpp"

namespace studiosync::server {

// Never 0, and below 2^53, so that a JSON number carries it exactly.
constexpr Epoch draw_epoch(std::uint64_t random_bits) noexcept {
  constexpr std::uint64_t epochs = (std::uint64_t{1} << 53) - 1;
  return Epoch{random_bits % epochs + 1};
}

// The generation that a reset begins at `head`. A number that was counted could come again after
// a restore, for a device that knows another account by it. Never 0, and below 2^53.
inline Generation generation_after(Generation before, Epoch epoch, Seq head) {
  const Hash128 hash = hash128("generation\n" + std::to_string(before.value) + '\n' +
                               std::to_string(epoch.value) + '\n' + std::to_string(head.value));
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < sizeof bits; ++i) bits = bits << 8 | hash[i];
  return Generation{draw_epoch(bits).value};
}

}  // namespace studiosync::server
