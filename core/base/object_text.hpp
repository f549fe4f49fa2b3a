// A JSON object that is written straight into text, member by member: what leaves in great numbers
// need not become a tree first.
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/json.hpp"

namespace studiosync {

// Not thread-safe. Members stand in the order in which they are set; setting one twice is the
// caller's mistake, and keys are plain: letters, digits and underscores.
class ObjectText {
 public:
  // `bytes_expected` saves copies when it is about right.
  explicit ObjectText(std::size_t bytes_expected) { text_.reserve(bytes_expected); }
  // The object stands behind what `front` holds.
  explicit ObjectText(std::string front) : text_(std::move(front)) {}

  ObjectText& set(std::string_view key, std::string_view value);
  ObjectText& set(std::string_view key, std::uint64_t value);
  ObjectText& set(std::string_view key, std::same_as<bool> auto value) {
    return splice(key, value ? "true" : "false");
  }
  ObjectText& set(std::string_view key, const std::same_as<Json> auto& value) {
    value.dump_to(begin_member(key));
    return *this;
  }
  // `json` is known to be well-formed, and stands as it is.
  ObjectText& splice(std::string_view key, std::string_view json);

  // The object, and what stands in front of it.
  std::string text() &&;
  // The same as raw Json; nothing may stand in front.
  Json take() && { return Json::raw(std::move(*this).text()); }

 private:
  std::string& begin_member(std::string_view key);

  std::string text_;
  bool begun_ = false;
};

}  // namespace studiosync
