#include "core/schema/depth_check.hpp"

#include <optional>
#include <string>

#include "core/base/limits.hpp"
#include "core/schema/json_path.hpp"

namespace studiosync {
namespace {

// From `value` to the first array or object that stands below `levels` levels.
std::optional<std::string> path_below(const Json& value, std::size_t levels) {
  if (!value.is_array() && !value.is_object()) return std::nullopt;
  if (levels == 0) return std::string();
  if (value.is_array()) {
    for (std::size_t i = 0; i < value.items().size(); ++i) {
      if (auto rest = path_below(value.items()[i], levels - 1)) return element_path("", i) + *rest;
    }
    return std::nullopt;
  }
  for (const Json::Member& member : value.members()) {
    if (auto rest = path_below(member.value, levels - 1))
      return member_path("", member.key) + *rest;
  }
  return std::nullopt;
}

}  // namespace

Result<> check_depth(const Json& data, std::string_view path) {
  const auto below = path_below(data, limits::data_depth_max);
  if (!below) return {};
  return fail(
      ErrorCode::validation_error,
      "must not be nested deeper than " + std::to_string(limits::data_depth_max) + " levels",
      std::string(path) + *below);
}

}  // namespace studiosync
