#include "server/limits/rate_limiter.hpp"

#include <algorithm>

namespace studiosync::server {

RateLimiter::RateLimiter(Rate rate, std::size_t keys_max)
    : rate_(rate), keys_max_(std::max<std::size_t>(keys_max, 1)) {}

Result<> RateLimiter::take(std::string_view key, WallTime now, std::int64_t count) {
  if (rate_.unlimited()) return {};
  const std::lock_guard lock(mutex_);
  forget_idle(now);
  const Millis wait = bucket_of(key, now).take(rate_, count, now);
  if (wait == Millis{}) return {};
  return Unexpected(Error{.code = ErrorCode::rate_limited,
                          .message = "too many requests; try again later",
                          .retry_after_ms = wait.count});
}

std::size_t RateLimiter::keys() const {
  const std::lock_guard lock(mutex_);
  return entries_.size();
}

TokenBucket& RateLimiter::bucket_of(std::string_view key, WallTime now) {
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    entries_.splice(entries_.begin(), entries_, found->second);
  } else {
    if (entries_.size() >= keys_max_) forget_oldest();
    entries_.push_front(Entry{std::string(key), TokenBucket(rate_, now), now});
    by_key_.emplace(entries_.front().key, entries_.begin());
  }
  entries_.front().used = now;
  return entries_.front().bucket;
}

// A bucket that had the time to fill up equals a new one. The list is in order of use, so each call
// looks at one bucket more than it forgets.
void RateLimiter::forget_idle(WallTime now) {
  while (!entries_.empty() && now - entries_.back().used >= refill_time(rate_)) forget_oldest();
}

void RateLimiter::forget_oldest() {
  by_key_.erase(entries_.back().key);
  entries_.pop_back();
}

}  // namespace studiosync::server
