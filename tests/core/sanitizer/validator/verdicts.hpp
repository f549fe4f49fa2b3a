// What the validator says about a text, for tests.
#pragma once

#include <string>
#include <string_view>

#include "core/base/json.hpp"
#include "core/sanitizer/validator/check_clean.hpp"

namespace studiosync {

// "rule path" of the refusal of serialized JSON, or "clean".
inline std::string verdict(std::string_view content) {
  const auto result = check_clean(content);
  if (result) return "clean";
  return result.error().rule + " " + result.error().path;
}

// The rule that refuses `text` as the value of a field, without `validator.`, or "clean".
inline std::string verdict_on_text(std::string_view text) {
  const auto result = check_clean(Json::object().set("query", std::string(text)).canonical());
  if (result) return "clean";
  return result.error().rule.substr(std::string_view("validator.").size());
}

}  // namespace studiosync
