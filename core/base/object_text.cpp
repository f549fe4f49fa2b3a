#include "core/base/object_text.hpp"

#include <array>
#include <charconv>
#include <utility>

#include "core/base/json_text.hpp"

namespace studiosync {

ObjectText& ObjectText::set(std::string_view key, std::string_view value) {
  write_text(value, begin_member(key));
  return *this;
}

ObjectText& ObjectText::set(std::string_view key, std::uint64_t value) {
  std::array<char, 24> digits{};
  char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
  begin_member(key).append(digits.data(), end);
  return *this;
}

ObjectText& ObjectText::splice(std::string_view key, std::string_view json) {
  begin_member(key).append(json);
  return *this;
}

std::string ObjectText::text() && {
  if (!begun_) text_ += '{';
  text_ += '}';
  return std::move(text_);
}

std::string& ObjectText::begin_member(std::string_view key) {
  text_ += std::exchange(begun_, true) ? ',' : '{';
  return text_.append("\"").append(key).append("\":");
}

}  // namespace studiosync
