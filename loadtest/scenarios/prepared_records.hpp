// Contents of new records, made once and written many times under new ids: an account is filled
// faster than a person's records can be made up.
#pragma once

#include <vector>

#include "core/base/sha256.hpp"
#include "loadtest/fleet/user.hpp"

namespace studiosync::load {

struct PreparedRecord {
  EntityType type{};
  Json data;            // raw: the content
  std::string content;  // as the server stores it
  Hash128 hash{};       // of that
};

// As `new_record` makes them. Not changed once made.
class PreparedRecords {
 public:
  // `count` of them, at least 1, out of what `user` would write next.
  PreparedRecords(User& user, std::size_t count);

  const PreparedRecord& any(Random& random) const { return all_[random.below(all_.size())]; }

 private:
  std::vector<PreparedRecord> all_;
};

}  // namespace studiosync::load
