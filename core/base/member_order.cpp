#include "core/base/member_order.hpp"

#include <algorithm>

#include "core/base/utf16_order.hpp"

namespace studiosync {

bool sort_members(Json::Object& members) {
  std::sort(members.begin(), members.end(),
            [](const auto& a, const auto& b) { return utf16_less(a.key, b.key); });
  const auto same_key = [](const auto& a, const auto& b) { return a.key == b.key; };
  return std::adjacent_find(members.begin(), members.end(), same_key) == members.end();
}

}  // namespace studiosync
