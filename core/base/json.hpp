// A JSON value in memory: parsed once at an edge, written as plain, canonical or CBOR bytes.
// Plain values, no sharing; not thread-safe while written to.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/result.hpp"

namespace studiosync {

class Json {
 public:
  struct Member;
  using Array = std::vector<Json>;
  using Object = std::vector<Member>;  // parsed objects are in RFC 8785 order, built ones as built

  // JSON text that is known to be well-formed, spliced as it is. Made by raw() only.
  struct Raw {
    std::string text;
    bool operator==(const Raw&) const = default;
  };

  Json();  // null
  Json(std::nullptr_t);
  Json(bool b);
  Json(int n);
  Json(std::int64_t n);
  Json(std::uint64_t n);  // kept as signed where it fits
  Json(double d);
  Json(std::string s);
  Json(std::string_view s);
  Json(const char* s);
  Json(Array a);
  Json(Object o);
  static Json raw(std::string well_formed_text);
  static Json array();
  static Json object();

  bool is_null() const noexcept { return std::holds_alternative<std::monostate>(value_); }
  bool is_bool() const noexcept { return std::holds_alternative<bool>(value_); }
  bool is_integer() const noexcept;  // exact in 64 bits, signed or unsigned
  bool is_number() const noexcept;
  bool is_string() const noexcept { return std::holds_alternative<std::string>(value_); }
  bool is_array() const noexcept { return std::holds_alternative<Array>(value_); }
  bool is_object() const noexcept { return std::holds_alternative<Object>(value_); }
  bool is_raw() const noexcept { return std::holds_alternative<Raw>(value_); }

  // Checked by SS_CHECK: ask is_… first.
  bool as_bool() const;
  std::int64_t as_int() const;    // a larger unsigned value is clamped to the largest signed one
  std::uint64_t as_uint() const;  // a negative value is 0
  double as_double() const;
  const std::string& as_string() const;
  const Array& items() const;
  Array& items();
  const Object& members() const;
  Object& members();
  const std::string& raw_text() const;

  // Objects: the member with this key, or nullptr; nullptr too when this is no object.
  const Json* find(std::string_view key) const noexcept;
  Json* find(std::string_view key) noexcept;
  // Objects: replaces or appends. Returns *this, so that calls chain.
  Json& set(std::string key, Json value);
  // Objects: whether it was there.
  bool erase(std::string_view key);
  // Arrays.
  void push_back(Json value);

  // Text without white space, members in the order they have here.
  std::string dump() const;
  void dump_to(std::string& out) const;
  // RFC 8785: sorted keys (UTF-16 code units), ECMAScript numbers, integers exact in 64 bits.
  // Idempotent: canonical(parse(canonical(x))) == canonical(x).
  std::string canonical() const;
  // Two spaces a level, for people.
  std::string pretty() const;

  bool operator==(const Json&) const = default;

 private:
  std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string, Array,
               Object, Raw>
      value_;
};

struct Json::Member {
  std::string key;
  Json value;
  bool operator==(const Member&) const = default;
};

// Here, where a member is a complete type.
inline Json::Json() = default;
inline Json::Json(std::nullptr_t) {}
inline Json::Json(bool b) : value_(b) {}
inline Json::Json(int n) : value_(std::int64_t{n}) {}
inline Json::Json(std::int64_t n) : value_(n) {}
inline Json::Json(double d) : value_(d) {}
inline Json::Json(std::string s) : value_(std::move(s)) {}
inline Json::Json(std::string_view s) : value_(std::string(s)) {}
inline Json::Json(const char* s) : value_(std::string(s)) {}

// One JSON text, nothing behind it. Errors are `bad_request` with a byte offset in the message:
// malformed, not UTF-8, deeper than limits::depth_max, more than limits::values_max values,
// duplicate keys. Never throws, never recurses deeply.
Result<Json> parse_json(std::string_view text);

// One CBOR item (RFC 8949) of the JSON data model: definite lengths, no tags, text keys, finite
// floats, and the bounds of parse_json. An iterative scanner decides this before any decoder sees
// the bytes.
Result<Json> parse_cbor(std::string_view bytes);
// Raw members are parsed and re-encoded; shortest integers, doubles as 64 bits.
std::string to_cbor(const Json& value);

// Whether a text is UTF-8 (RFC 3629: no surrogates, no overlong forms).
bool valid_utf8(std::string_view text) noexcept;

}  // namespace studiosync
