#include "core/base/member_order.hpp"

#include <algorithm>

#include "core/base/utf16_order.hpp"

namespace studiosync {

bool sort_members(Json::Object& members) {
  const auto less = [](const auto& a, const auto& b) { return utf16_less(a.key, b.key); };
  // What we wrote ourselves is in order already, and moving members is not free.
  if (!std::is_sorted(members.begin(), members.end(), less)) {
    std::sort(members.begin(), members.end(), less);
  }
  const auto same_key = [](const auto& a, const auto& b) { return a.key == b.key; };
  return std::adjacent_find(members.begin(), members.end(), same_key) == members.end();
}

}  // namespace studiosync
