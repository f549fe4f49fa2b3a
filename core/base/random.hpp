// Our own generator: the standard library's distributions differ between implementations, and one
// seed must give one run everywhere. Not for secrets; those come from the operating system.
#pragma once

#include <array>
#include <bit>
#include <cstdint>

namespace studiosync {

// xoshiro256** (Blackman and Vigna, 2018), seeded by SplitMix64. Not thread-safe.
class Random {
 public:
  explicit Random(std::uint64_t seed) noexcept;

  std::uint64_t next() noexcept {
    const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
  }
  // Uniform in [0, bound); 0 for bound 0. Without modulo bias (Lemire, 2019).
  std::uint64_t below(std::uint64_t bound) noexcept;
  // Uniform in [0, 1).
  double unit() noexcept;

 private:
  std::array<std::uint64_t, 4> state_;
};

}  // namespace studiosync
