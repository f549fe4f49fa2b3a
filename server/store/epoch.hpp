// A shard's epoch, drawn at each server start.
#pragma once

#include "core/base/ids.hpp"

namespace studiosync::server {

// Never 0, and below 2^53, so that a JSON number carries it exactly.
constexpr Epoch draw_epoch(std::uint64_t random_bits) noexcept {
  constexpr std::uint64_t epochs = (std::uint64_t{1} << 53) - 1;
  return Epoch{random_bits % epochs + 1};
}

}  // namespace studiosync::server
