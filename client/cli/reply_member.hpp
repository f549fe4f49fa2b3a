// Members of the server's answers, which a server of another version may lack.
#pragma once

#include <string>
#include <string_view>

#include "core/base/json.hpp"

namespace studiosync::client {

// Empty where there is no such member, or it is no text.
inline std::string text_member(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  return value != nullptr && value->is_string() ? value->as_string() : std::string();
}

// False where there is no such member, or it is no truth value.
inline bool true_member(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  return value != nullptr && value->is_bool() && value->as_bool();
}

// The elements; none where there is no such member, or it is no list.
inline const Json::Array& list_member(const Json& object, std::string_view key) {
  static const Json::Array none;
  const Json* value = object.find(key);
  return value != nullptr && value->is_array() ? value->items() : none;
}

}  // namespace studiosync::client
