#include "core/base/merge_patch.hpp"

namespace studiosync {

Json merge_patch(Json target, const Json& patch) {
  for (const Json::Member& member : patch.members()) {
    if (member.value.is_null()) {
      (void)target.erase(member.key);
    } else {
      target.set(member.key, member.value);
    }
  }
  return target;
}

}  // namespace studiosync
