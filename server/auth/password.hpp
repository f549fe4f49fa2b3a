// Passwords as they are stored: `$hs384$<pepper id>` followed by
// bcrypt(base64(HMAC-SHA-384(pepper, password))), so that
//  - no byte of a long password is cut off (bcrypt reads 72), and none of value 0 ends it early;
//  - the database alone, without the pepper, is not enough to guess passwords;
//  - the pepper can change: each hash names the one it was made with;
//  - the prefix names the scheme, so that another can follow.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace studiosync::server {

// Immutable, so any thread; each call takes about 0.2 s of CPU at cost 12.
class PasswordHasher {
 public:
  // `cost` is bcrypt's, 4 to 31. The first pepper makes hashes, all of them verify.
  PasswordHasher(int cost, std::vector<std::string> peppers);

  Result<std::string> hash(std::string_view password) const;

  // False also for a text that is no hash of ours or needs a pepper that we no longer have; takes
  // the same time then, as it does for an empty `stored` (an account that does not exist).
  bool verify(std::string_view password, std::string_view stored) const;

  // Whether hash() would now use another pepper or cost.
  bool outdated(std::string_view stored) const;

  // A hash begins with the name of its scheme and pepper, which all have the same length. This is
  // the one of new hashes.
  std::string_view name() const { return peppers_.front().prefix; }
  bool knows(std::string_view name) const;

 private:
  struct Pepper {
    std::string key;
    std::string prefix;  // of the hashes made with it
  };

  static Pepper named(std::string key);

  const int cost_;
  std::vector<Pepper> peppers_;  // the current one first
};

}  // namespace studiosync::server
