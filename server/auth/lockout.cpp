#include "server/auth/lockout.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <span>

#include "core/base/hex.hpp"

namespace studiosync::server {

Millis Lockout::delay(unsigned count) const {
  if (count <= policy_.free_failures) return {};
  // 2^30 times the first delay is beyond any maximum; a larger shift would overflow.
  const unsigned doublings = std::min(count - policy_.free_failures - 1, 30U);
  return std::min(Millis{policy_.first_delay.count << doublings}, policy_.delay_max);
}

Millis Lockout::wait(const std::string& key, WallTime now) {
  const auto found = keys_.find(key);
  if (found == keys_.end()) return {};
  Failures& failures = *found->second;
  if (now - failures.last > policy_.memory) return {};
  // A wall clock that stepped back must not lengthen the wait: it begins anew then.
  failures.last = std::min(failures.last, now);
  return std::max(failures.last + delay(failures.count) - now, Millis{});
}

void Lockout::record_failure(const std::string& key, WallTime at) {
  if (const auto found = keys_.find(key); found != keys_.end()) {
    Failures& failures = *found->second;
    failures.count = at - failures.last > policy_.memory ? 1 : failures.count + 1;
    failures.last = at;
    recent_.splice(recent_.begin(), recent_, found->second);
    return;
  }
  recent_.push_front({.key = key, .count = 1, .last = at});
  keys_.emplace(recent_.front().key, recent_.begin());
  if (keys_.size() <= policy_.keys_max) return;
  keys_.erase(recent_.back().key);
  recent_.pop_back();
}

void Lockout::clear(const std::string& key) {
  const auto found = keys_.find(key);
  if (found == keys_.end()) return;
  const Recent::iterator entry = found->second;
  keys_.erase(found);
  recent_.erase(entry);
}

std::string lockout_address(const std::string& address) {
  std::array<std::uint8_t, 16> bytes{};
  if (inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return address;
  const std::span all(bytes);
  const bool mapped = std::ranges::all_of(all.first(10), [](auto byte) { return byte == 0; }) &&
                      bytes[10] == 0xFF && bytes[11] == 0xFF;
  if (!mapped) return to_hex(all.first(8)) + "/64";
  std::array<char, INET_ADDRSTRLEN> text{};
  return inet_ntop(AF_INET, all.subspan(12).data(), text.data(), text.size());
}

}  // namespace studiosync::server
