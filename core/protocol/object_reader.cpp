#include "core/protocol/object_reader.hpp"

#include <utility>

namespace studiosync {
namespace {

const Json& empty_object() {
  static const Json empty = Json::object();
  return empty;
}

}  // namespace

std::string ObjectReader::Place::text() const {
  if (parent == nullptr) return std::string(name);
  if (name.empty()) return parent->text() + "[" + std::to_string(index) + "]";
  return parent->text() + "." + std::string(name);
}

ObjectReader::ObjectReader(const Json& json, std::string_view root, std::optional<Error>& error)
    : ObjectReader(json, Place{nullptr, root}, error) {}

ObjectReader::ObjectReader(const Json& json, Place place, std::optional<Error>& error)
    : json_(&json), place_(place), error_(&error) {
  if (!json.is_object()) fail_at(place_, "must be an object");
}

ObjectReader ObjectReader::reporting_to(std::optional<Error>& error) const {
  return {*json_, place_, error};
}

bool ObjectReader::has(std::string_view key) const noexcept {
  const Json* value = find(key);
  return value != nullptr && !value->is_null();
}

std::string ObjectReader::text(std::string_view key, std::size_t bytes_max) const {
  const std::string* text = text_at(key, bytes_max);
  return text == nullptr ? std::string() : *text;
}

std::string ObjectReader::text_or_empty(std::string_view key, std::size_t bytes_max) const {
  return has(key) ? text(key, bytes_max) : std::string();
}

bool ObjectReader::flag(std::string_view key) const {
  if (!has(key)) return false;
  const Json* value = find(key);
  if (value->is_bool()) return value->as_bool();
  fail(key, "must be true or false");
  return false;
}

std::uint64_t ObjectReader::number(std::string_view key) const {
  const Json* value = find(key);
  if (value == nullptr || !value->is_integer() || value->as_int() < 0 ||
      value->as_uint() > integer_max) {
    fail(key, "must be an integer from 0 to 2^53 - 1");
    return 0;
  }
  return value->as_uint();
}

std::uint64_t ObjectReader::number_or(std::string_view key, std::uint64_t fallback) const {
  return has(key) ? number(key) : fallback;
}

std::string ObjectReader::canonical_object(std::string_view key) const {
  const Json* value = find(key);
  if (value != nullptr && value->is_object()) return value->canonical();
  fail(key, "must be an object");
  return {};
}

ObjectReader ObjectReader::object(std::string_view key) const {
  const Json* value = find(key);
  if (value == nullptr) fail(key, "must be an object");
  return {value == nullptr ? empty_object() : *value, Place{&place_, key}, *error_};
}

const Json::Array* ObjectReader::array(std::string_view key) const {
  const Json* value = find(key);
  if (value != nullptr && value->is_array()) return &value->items();
  fail(key, "must be an array");
  return nullptr;
}

const std::string* ObjectReader::text_at(std::string_view key, std::size_t bytes_max) const {
  const Json* value = find(key);
  if (value == nullptr || !value->is_string()) {
    fail(key, "must be a text");
    return nullptr;
  }
  if (value->as_string().size() > bytes_max) {
    fail(key, "must have at most " + std::to_string(bytes_max) + " bytes");
    return nullptr;
  }
  return &value->as_string();
}

void ObjectReader::fail(std::string_view key, std::string message) const {
  fail_at(Place{&place_, key}, std::move(message));
}

void ObjectReader::fail_at(std::string_view key, std::size_t index, std::string message) const {
  const Place list{&place_, key};
  fail_at(Place{&list, {}, index}, std::move(message));
}

void ObjectReader::fail_at(const Place& place, std::string message) const {
  if (error_->has_value()) return;
  *error_ = Error{
      .code = ErrorCode::validation_error, .message = std::move(message), .path = place.text()};
}

}  // namespace studiosync
