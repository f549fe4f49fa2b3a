#include "core/base/json.hpp"

#include <limits>

#include "core/base/check.hpp"

namespace studiosync {
namespace {

constexpr std::size_t members_expected = 8;

}  // namespace

Json::Json(std::uint64_t n) {
  if (n <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    value_ = static_cast<std::int64_t>(n);
  } else {
    value_ = n;
  }
}

Json::Json(Array a) : value_(std::move(a)) {}
Json::Json(Object o) : value_(std::move(o)) {}

Json Json::raw(std::string well_formed_text) {
  Json json;
  json.value_ = Raw{std::move(well_formed_text)};
  return json;
}

Json Json::array() {
  return Json(Array{});
}
Json Json::object() {
  return Json(Object{});
}

bool Json::is_integer() const noexcept {
  return std::holds_alternative<std::int64_t>(value_) ||
         std::holds_alternative<std::uint64_t>(value_);
}

bool Json::is_number() const noexcept {
  return is_integer() || std::holds_alternative<double>(value_);
}

bool Json::as_bool() const {
  SS_CHECK(is_bool());
  return std::get<bool>(value_);
}

std::int64_t Json::as_int() const {
  SS_CHECK(is_integer());
  if (const auto* n = std::get_if<std::int64_t>(&value_)) return *n;
  return std::numeric_limits<std::int64_t>::max();
}

std::uint64_t Json::as_uint() const {
  SS_CHECK(is_integer());
  if (const auto* n = std::get_if<std::uint64_t>(&value_)) return *n;
  return static_cast<std::uint64_t>(std::max<std::int64_t>(0, std::get<std::int64_t>(value_)));
}

double Json::as_double() const {
  SS_CHECK(is_number());
  if (const auto* d = std::get_if<double>(&value_)) return *d;
  if (const auto* n = std::get_if<std::int64_t>(&value_)) return static_cast<double>(*n);
  return static_cast<double>(std::get<std::uint64_t>(value_));
}

const std::string& Json::as_string() const {
  SS_CHECK(is_string());
  return std::get<std::string>(value_);
}

const Json::Array& Json::items() const {
  SS_CHECK(is_array());
  return std::get<Array>(value_);
}

Json::Array& Json::items() {
  SS_CHECK(is_array());
  return std::get<Array>(value_);
}

const Json::Object& Json::members() const {
  SS_CHECK(is_object());
  return std::get<Object>(value_);
}

Json::Object& Json::members() {
  SS_CHECK(is_object());
  return std::get<Object>(value_);
}

const std::string& Json::raw_text() const {
  SS_CHECK(is_raw());
  return std::get<Raw>(value_).text;
}

const Json* Json::find(std::string_view key) const noexcept {
  const auto* object = std::get_if<Object>(&value_);
  if (object == nullptr) return nullptr;
  for (const Member& member : *object) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

Json* Json::find(std::string_view key) noexcept {
  return const_cast<Json*>(std::as_const(*this).find(key));
}

Json& Json::set(std::string key, Json value) {
  if (Json* present = find(key)) {
    *present = std::move(value);
  } else {
    Object& object = members();
    // Objects are built one member at a time; growing from one on would move them again and again.
    if (object.empty()) object.reserve(members_expected);
    object.push_back({std::move(key), std::move(value)});
  }
  return *this;
}

bool Json::erase(std::string_view key) {
  return std::erase_if(members(), [&](const Member& member) { return member.key == key; }) > 0;
}

void Json::push_back(Json value) {
  items().push_back(std::move(value));
}

}  // namespace studiosync
