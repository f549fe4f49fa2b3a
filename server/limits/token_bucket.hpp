// How often something may happen: a token bucket in exact integers, so that a refill never rounds a
// token away. Time is an argument. Not thread-safe; a value that its owner guards.
#pragma once

#include <cstdint>

#include "core/base/time.hpp"

namespace studiosync::server {

// `tokens` each `period`, at most `burst` saved up. `tokens` 0 = no limit.
struct Rate {
  std::int64_t tokens = 0;
  Millis period{60'000};
  std::int64_t burst = 0;

  static constexpr Rate per_minute(std::int64_t n) noexcept { return {n, Millis{60'000}, n}; }
  static constexpr Rate per_second(std::int64_t n, std::int64_t burst) noexcept {
    return {n, Millis{1'000}, burst};
  }
  constexpr bool unlimited() const noexcept { return tokens <= 0; }
};

class TokenBucket {
 public:
  // Full at `now`.
  TokenBucket(const Rate& rate, WallTime now) noexcept;

  // 0: `count` tokens were taken. Otherwise nothing was, and the answer says how long to wait for
  // them. A count above the burst asks for a full bucket. A wall clock that goes backwards refills
  // nothing.
  Millis take(const Rate& rate, std::int64_t count, WallTime now) noexcept;

 private:
  std::int64_t level_;  // in tokens × period milliseconds
  WallTime last_;
};

// How long an empty bucket takes to become full: a bucket unused for that long need not be
// remembered.
Millis refill_time(const Rate& rate) noexcept;

}  // namespace studiosync::server
