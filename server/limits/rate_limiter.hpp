// One token bucket for each key (a user, an address), in bounded memory.
// Thread-safe: requests of one user arrive on any I/O thread.
#pragma once

#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/result.hpp"
#include "server/limits/token_bucket.hpp"

namespace studiosync::server {

class RateLimiter {
 public:
  // Above `keys_max` the key unused for longest is forgotten, which only ever favours its owner.
  explicit RateLimiter(Rate rate, std::size_t keys_max = 100'000);

  // `rate_limited` with retry_after_ms when the key has no token left; nothing is taken then.
  Result<> take(std::string_view key, WallTime now, std::int64_t count = 1);

  std::size_t keys() const;

 private:
  struct Entry {
    std::string key;
    TokenBucket bucket;
    WallTime used;
  };
  using Entries = std::list<Entry>;

  TokenBucket& bucket_of(std::string_view key, WallTime now);
  void forget_idle(WallTime now);
  void forget_oldest();

  const Rate rate_;
  const std::size_t keys_max_;
  mutable std::mutex mutex_;  // guards the two below; held for a few hash and list steps
  Entries entries_;           // most recently used first
  std::unordered_map<std::string_view, Entries::iterator> by_key_;  // views into entries_
};

}  // namespace studiosync::server
