#include <simdjson.h>

#include <algorithm>
#include <bit>
#include <utility>
#include <vector>

#include "core/base/json_parse.hpp"
#include "core/base/limits.hpp"
#include "core/base/utf16_order.hpp"

namespace studiosync {
namespace {

namespace dom = simdjson::dom;

// A thread keeps the buffers of texts up to this size, which are several times as large; a larger
// text brings its own.
constexpr std::size_t kept_bytes_max = 256U << 10;

// Copies the library's tree. Recursion ends at limits::depth_max, which the library checks first.
class Builder {
  using Pair = std::pair<std::string_view, dom::element>;

 public:
  // False where the text must not be accepted, or not by us.
  bool build(const dom::element& from, Json& into) {
    if (++values_ > limits::values_max) return false;
    switch (from.type()) {
      case dom::element_type::OBJECT:
        return build_object(from, into);
      case dom::element_type::ARRAY:
        return build_array(from, into);
      case dom::element_type::STRING:
        into = Json(from.get_string().value_unsafe());
        return true;
      case dom::element_type::INT64:
        into = Json(from.get_int64().value_unsafe());
        return true;
      case dom::element_type::UINT64:
        into = Json(from.get_uint64().value_unsafe());
        return true;
      case dom::element_type::DOUBLE:
        into = Json(from.get_double().value_unsafe());
        return true;
      case dom::element_type::BOOL:
        into = Json(from.get_bool().value_unsafe());
        return true;
      case dom::element_type::NULL_VALUE:
        return true;
    }
    return false;
  }

 private:
  bool build_object(const dom::element& from, Json& into) {
    const dom::object object = from.get_object().value_unsafe();
    Json::Object members;
    members.reserve(object.size());
    if (in_order(object)) {
      for (const auto& [key, value] : object) {
        if (!append(key, value, members)) return false;
      }
    } else {
      for (const auto& [key, value] : sorted(object)) {
        if (!append(key, value, members)) return false;
      }
    }
    into = Json(std::move(members));
    return true;
  }

  // False, too, for a key that the object has twice.
  bool append(std::string_view key, const dom::element& value, Json::Object& members) {
    if (!members.empty() && members.back().key == key) return false;
    Json::Member& member = members.emplace_back();
    member.key.assign(key);
    return build(value, member.value);
  }

  // What we wrote ourselves is, mostly.
  static bool in_order(const dom::object& object) {
    std::string_view last;
    for (const auto& [key, value] : object) {
      if (utf16_less(key, last)) return false;
      last = key;
    }
    return true;
  }

  // Before they are copied: a member is many times as large as the reference to it.
  static std::vector<Pair> sorted(const dom::object& object) {
    std::vector<Pair> pairs;
    pairs.reserve(object.size());
    for (const auto& [key, value] : object) pairs.emplace_back(key, value);
    std::sort(pairs.begin(), pairs.end(),
              [](const Pair& a, const Pair& b) { return utf16_less(a.first, b.first); });
    return pairs;
  }

  bool build_array(const dom::element& from, Json& into) {
    const dom::array array = from.get_array().value_unsafe();
    Json::Array items;
    items.reserve(array.size());
    for (const dom::element& value : array) {
      if (!build(value, items.emplace_back())) return false;
    }
    into = Json(std::move(items));
    return true;
  }

  std::size_t values_ = 0;
};

std::optional<Json> parse_with(dom::parser& parser, std::string_view text) {
  if (parser.capacity() < text.size() &&
      parser.allocate(std::bit_ceil(text.size()), limits::depth_max) != simdjson::SUCCESS) {
    return std::nullopt;
  }
  dom::element root;
  if (parser.parse(text.data(), text.size()).get(root) != simdjson::SUCCESS) return std::nullopt;
  Json json;
  return Builder().build(root, json) ? std::optional(std::move(json)) : std::nullopt;
}

}  // namespace

std::optional<Json> parse_json_fast(std::string_view text) {
  if (text.size() > kept_bytes_max) {
    dom::parser own;
    return parse_with(own, text);
  }
  thread_local dom::parser kept;
  return parse_with(kept, text);
}

}  // namespace studiosync
