#include "core/sync/backoff.hpp"

#include <algorithm>

#include "core/base/zoo.hpp"

namespace studiosync {

Millis Backoff::next(Random& random) noexcept {
  // 2^20 times the first step is beyond any cap; the shift must not overflow.
  const int doublings = std::min(attempts_++, 20);
  const std::int64_t cap = std::min(largest_.count, first_.count << doublings);
  if (SS_ZOO(backoff_has_no_jitter)) return {cap};
  return {static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(cap) + 1))};
}

}  // namespace studiosync
