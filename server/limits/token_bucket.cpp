#include "server/limits/token_bucket.hpp"

#include <algorithm>

namespace studiosync::server {
namespace {

std::int64_t capacity(const Rate& rate) noexcept {
  return std::max<std::int64_t>(rate.burst, 1) * rate.period.count;
}

std::int64_t divide_up(std::int64_t a, std::int64_t b) noexcept {
  return (a + b - 1) / b;
}

}  // namespace

TokenBucket::TokenBucket(const Rate& rate, WallTime now) noexcept
    : level_(capacity(rate)), last_(now) {}

Millis TokenBucket::take(const Rate& rate, std::int64_t count, WallTime now) noexcept {
  if (rate.unlimited()) return {};
  // An elapsed time beyond a whole refill is cut first: the product below stays small after any
  // jump.
  const std::int64_t elapsed =
      std::clamp<std::int64_t>((now - last_).count, 0, refill_time(rate).count);
  level_ = std::min(capacity(rate), level_ + elapsed * rate.tokens);
  last_ = now;
  const std::int64_t price = std::min(count * rate.period.count, capacity(rate));
  if (level_ < price) return {divide_up(price - level_, rate.tokens)};
  level_ -= price;
  return {};
}

Millis refill_time(const Rate& rate) noexcept {
  return rate.unlimited() ? Millis{} : Millis{divide_up(capacity(rate), rate.tokens)};
}

}  // namespace studiosync::server
