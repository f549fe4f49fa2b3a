// How long the next guess has to wait after failed ones, by account and by address.
#pragma once

#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/time.hpp"

namespace studiosync::server {

// Pure: time is an argument, and nothing is started or stored. Not thread-safe.
// Holds at most `keys_max` keys; beyond that the one that failed longest ago is forgotten.
class Lockout {
 public:
  struct Policy {
    unsigned free_failures = 5;  // typing errors of a person cost nothing
    Millis first_delay{1000};    // after the first failure beyond; doubles with each further one
    Millis delay_max{15LL * 60 * 1000};
    Millis memory{24LL * 3600 * 1000};  // without a failure for so long, all are forgotten
    std::size_t keys_max = 100'000;
  };

  explicit Lockout(Policy policy) : policy_(policy) {}

  // How long to wait from `now` on; zero when a guess is allowed. An attempt made while it is not
  // extends nobody's wait; where the clock was set back, that begins anew.
  Millis wait(const std::string& key, WallTime now);
  void record_failure(const std::string& key, WallTime at);
  void clear(const std::string& key);

 private:
  struct Failures {
    std::string key;
    unsigned count = 0;
    WallTime last;
  };
  using Recent = std::list<Failures>;  // the latest failure first

  Millis delay(unsigned count) const;

  const Policy policy_;
  Recent recent_;
  std::unordered_map<std::string_view, Recent::iterator> keys_;  // views into recent_
};

// What failures of this client count under: an IPv4 address itself, of IPv6 the network of 64 bits,
// as one subscriber has all of it. Anything else counts under its own text.
std::string lockout_address(const std::string& address);

}  // namespace studiosync::server
