// JSON for tests: written as text, read by path.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/base/json.hpp"

namespace studiosync::server {

inline Json json_of(std::string_view text) {
  auto parsed = parse_json(text);
  EXPECT_TRUE(parsed) << text;
  return parsed.value_or(Json());
}

// Follows `a.b.0.c` through objects and arrays; null where there is nothing.
inline Json at(Json json, std::string_view path) {
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('.'), path.size());
    const std::string step(path.substr(0, end));
    if (json.is_array()) {
      const std::size_t index = std::stoul(step);
      json = index < json.items().size() ? Json(json.items()[index]) : Json();
    } else {
      const Json* member = json.find(step);
      json = member == nullptr ? Json() : Json(*member);
    }
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return json;
}

}  // namespace studiosync::server
