// The log's key: the user's number and the row's place in the user's log in one integer.
#pragma once

#include <cstdint>

#include "core/base/ids.hpp"
#include "core/base/limits.hpp"

namespace studiosync::server {

inline constexpr unsigned seq_bits = 40;
static_assert(limits::seq_max == (std::uint64_t{1} << seq_bits) - 1);

constexpr std::int64_t log_key(UserId user, Seq seq) noexcept {
  return static_cast<std::int64_t>(user.value << seq_bits | seq.value);
}
constexpr Seq seq_of(std::int64_t key) noexcept {
  return Seq{static_cast<std::uint64_t>(key) & limits::seq_max};
}

}  // namespace studiosync::server
