// Passwords as they are stored: `$hs384$<pepper id>` followed by
// bcrypt(base64(HMAC-SHA-384(pepper, password))), so that
//  - no byte of a long password is cut off (bcrypt reads 72), and none of value 0 ends it early;
//  - the database alone, without the pepper, is not enough to guess passwords;
//  - the pepper can change: each hash names the one it was made with;
//  - the prefix names the scheme, so that another can follow.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace studiosync::server {

// bcrypt of a phrase; `setting` is scheme, cost and salt, or an earlier hash. Nothing when it is
// neither.
using PasswordCrypt = std::function<std::optional<std::string>(const std::string& phrase,
                                                               const std::string& setting)>;
std::optional<std::string> bcrypt(const std::string& phrase, const std::string& setting);

// Each call but spend() from any thread, and takes about 0.2 s of CPU at cost 12.
class PasswordHasher {
 public:
  // `cost` is bcrypt's, 4 to 31. The first pepper makes hashes, all of them verify.
  PasswordHasher(int cost, std::vector<std::string> peppers, PasswordCrypt crypt = bcrypt);

  // From now on what fails costs as much as a hash of `cost`, where that is more than hash() takes:
  // some hashes are of a time when it took more. Before any other thread has the object.
  void spend(int cost);

  Result<std::string> hash(std::string_view password) const;

  // False also for a text that is no hash of ours or needs a pepper that we no longer have, as for
  // an empty `stored` (an account that does not exist). False takes the same time whatever `stored`
  // is and whichever cost it was made with.
  bool verify(std::string_view password, std::string_view stored) const;

  // Whether hash() would now use another pepper or cost.
  bool outdated(std::string_view stored) const;

  // A hash begins with the name of its scheme and pepper, which all have the same length. This is
  // the one of new hashes.
  std::string_view name() const { return peppers_.front().prefix; }
  bool knows(std::string_view name) const;

  // How new hashes begin: the name, and what tells their cost.
  std::string beginning() const;
  // The cost that a hash was made with, of which so much is enough; nothing for any other text.
  static std::optional<int> cost_of(std::string_view beginning);

 private:
  struct Pepper {
    std::string key;
    std::string prefix;  // of the hashes made with it
  };

  static Pepper named(std::string key);
  std::optional<std::string> crypt(const Pepper& pepper, std::string_view password,
                                   const std::string& setting) const;

  const int cost_;
  int cost_spent_;  // by what fails
  const PasswordCrypt crypt_;
  std::vector<Pepper> peppers_;  // the current one first
};

}  // namespace studiosync::server
