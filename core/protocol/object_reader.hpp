// Reads typed members of one JSON object. The first failure is kept with its exact path, and reads
// after it answer defaults: a caller reads everything straight and asks for the error once.
// An optional member that is null counts as absent. Not thread-safe; lives on the stack.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/base/json.hpp"

namespace studiosync {

// The largest integer that every JSON implementation represents exactly (RFC 8259 section 6).
inline constexpr std::uint64_t integer_max = (1ULL << 53) - 1;

class ObjectReader {
 public:
  // The arguments must outlive the reader and all readers made from it.
  ObjectReader(const Json& json, std::string_view root, std::optional<Error>& error);
  ObjectReader(const ObjectReader&) = delete;
  ObjectReader& operator=(const ObjectReader&) = delete;

  // The same object, with failures kept elsewhere.
  ObjectReader reporting_to(std::optional<Error>& error) const;

  bool has(std::string_view key) const noexcept;
  // Only these two look at a member without judging it.
  const Json* find(std::string_view key) const noexcept { return json_->find(key); }

  std::string text(std::string_view key, std::size_t bytes_max = SIZE_MAX) const;
  std::string text_or_empty(std::string_view key, std::size_t bytes_max = SIZE_MAX) const;
  bool flag(std::string_view key) const;  // absent is false
  // 0 to integer_max: what every JSON implementation represents exactly.
  std::uint64_t number(std::string_view key) const;
  std::uint64_t number_or(std::string_view key, std::uint64_t fallback) const;
  std::string canonical_object(std::string_view key) const;
  ObjectReader object(std::string_view key) const;

  // A text as `parse(text)` understands it; `expected` completes "must be …".
  template <class Parse>
  auto parsed(std::string_view key, Parse parse, std::string_view expected) const;
  // The same; nothing when absent.
  template <class Parse>
  auto parsed_if(std::string_view key, Parse parse, std::string_view expected) const
      -> std::optional<decltype(parsed(key, parse, expected))>;

  // Calls `visit(const ObjectReader&)` for each object of an array; an absent array is a failure.
  template <class Visit>
  void each(std::string_view key, Visit visit) const;

  // An array's items, or nullptr after recording that there is none.
  const Json::Array* array(std::string_view key) const;

  void fail(std::string_view key, std::string message) const;
  void fail_at(std::string_view key, std::size_t index, std::string message) const;

 private:
  // One step of the path; made into text only when something is wrong.
  struct Place {
    const Place* parent;
    std::string_view name;  // empty: an index
    std::size_t index = 0;
    std::string text() const;
  };

  ObjectReader(const Json& json, Place place, std::optional<Error>& error);
  const std::string* text_at(std::string_view key, std::size_t bytes_max) const;
  void fail_at(const Place& place, std::string message) const;

  const Json* json_;
  Place place_;
  std::optional<Error>* error_;
};

template <class Parse>
auto ObjectReader::parsed(std::string_view key, Parse parse, std::string_view expected) const {
  auto value = decltype(parse(std::string_view())){};
  if (const std::string* text = text_at(key, SIZE_MAX)) {
    value = parse(std::string_view(*text));
    if (!value) fail(key, "must be " + std::string(expected));
  }
  return std::move(value).value_or(typename decltype(value)::value_type{});
}

template <class Parse>
auto ObjectReader::parsed_if(std::string_view key, Parse parse, std::string_view expected) const
    -> std::optional<decltype(parsed(key, parse, expected))> {
  if (!has(key)) return std::nullopt;
  return parsed(key, parse, expected);
}

template <class Visit>
void ObjectReader::each(std::string_view key, Visit visit) const {
  const Json::Array* items = array(key);
  if (items == nullptr) return;
  const Place list{&place_, key};
  for (std::size_t i = 0; i < items->size(); ++i) {
    visit(ObjectReader((*items)[i], Place{&list, {}, i}, *error_));
  }
}

}  // namespace studiosync
