#include "core/conflicts/field_merge.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/base/check.hpp"
#include "core/base/json.hpp"
#include "core/base/limits.hpp"
#include "core/base/time.hpp"
#include "core/base/zoo.hpp"
#include "core/conflicts/history.hpp"

namespace studiosync {
namespace {

// Between two texts that were both kept: a blank line, as between paragraphs.
constexpr std::string_view separator = "\n\n";

// Both values, the later one named; what each rule combines.
struct Pair {
  const Json& earlier;
  const Json& later;
};

std::optional<Json> set_union(const Pair& pair) {
  if (!pair.earlier.is_array() || !pair.later.is_array()) return std::nullopt;
  std::vector<std::pair<std::string, Json>> items;
  for (const Json* side : {&pair.earlier, &pair.later}) {
    if (SS_ZOO(union_drops_a_side) && side == &pair.later) continue;
    for (const Json& item : side->items()) items.emplace_back(item.canonical(), item);
  }
  const auto by_text = [](const auto& item) -> const std::string& { return item.first; };
  std::ranges::sort(items, {}, by_text);
  const auto repeated = std::ranges::unique(items, {}, by_text);
  items.erase(repeated.begin(), repeated.end());
  Json merged = Json::array();
  for (auto& item : items) merged.push_back(std::move(item.second));
  return merged;
}

// Exact over the whole range of 64 bits: the clamped accessors decide whatever they do not clamp.
bool less_number(const Json& a, const Json& b) {
  if (!a.is_integer() || !b.is_integer()) return a.as_double() < b.as_double();
  if (a.as_int() != b.as_int()) return a.as_int() < b.as_int();
  return a.as_uint() < b.as_uint();
}

std::optional<CommitTime> time_of(const Json& value) {
  return value.is_string() ? parse_rfc3339(value.as_string()) : std::nullopt;
}

std::optional<Json> maximum(const Pair& pair) {
  if (pair.earlier.is_number() && pair.later.is_number()) {
    const bool falls = less_number(pair.later, pair.earlier);
    if (SS_ZOO(maximum_is_the_minimum)) return falls ? pair.later : pair.earlier;
    return falls ? pair.earlier : pair.later;
  }
  const auto earlier = time_of(pair.earlier);
  const auto later = time_of(pair.later);
  if (!earlier || !later) return std::nullopt;
  return *later < *earlier ? pair.earlier : pair.later;
}

std::optional<Json> longer_text(const Pair& pair, std::size_t bytes_max) {
  if (!pair.earlier.is_string() || !pair.later.is_string()) return std::nullopt;
  const auto by_length = [](const std::string& a, const std::string& b) {
    return std::pair(a.size(), a) < std::pair(b.size(), b);
  };
  const auto [shorter, longer] =
      std::minmax(pair.earlier.as_string(), pair.later.as_string(), by_length);
  if (longer.find(shorter) != std::string::npos) return Json(longer);
  // A text beyond the field's limit would be refused at the next edit; the archive keeps the
  // shorter one.
  if (longer.size() + separator.size() + shorter.size() > bytes_max) return Json(longer);
  return Json(longer + std::string(separator) + shorter);
}

// Recursion is bounded by limits::depth_max, which parsing enforces.
Json deep_object(const Json& earlier, const Json& later) {
  if (!earlier.is_object() || !later.is_object()) return later;
  Json merged = earlier;
  for (const auto& [key, value] : later.members()) {
    const Json* other = earlier.find(key);
    merged.set(key, other != nullptr ? deep_object(*other, value) : value);
  }
  return merged;
}

std::optional<Json> combine(const FieldSpec& spec, const Pair& pair) {
  switch (spec.merge) {
    case MergeRule::newest:
      return std::nullopt;
    case MergeRule::set_union:
      return set_union(pair);
    case MergeRule::maximum:
      return maximum(pair);
    case MergeRule::longer_text:
      return longer_text(pair, spec.bytes_max != 0 ? spec.bytes_max : limits::record_bytes_max);
    case MergeRule::deep_object:
      return deep_object(pair.earlier, pair.later);
  }
  return std::nullopt;
}

Json parse_stored(const std::string& canonical_value) {
  Result<Json> value = parse_json(canonical_value);
  SS_CHECK(value.has_value());
  return *std::move(value);
}

Merged later_of(const FieldSide& stored, const FieldSide& incoming) {
  return {newer(incoming.origin, stored.origin) ? Merged::Winner::incoming : Merged::Winner::stored,
          {}};
}

}  // namespace

Merged merge_values(const FieldSpec* spec, const FieldSide& stored, const FieldSide& incoming) {
  if (spec == nullptr || spec->merge == MergeRule::newest) return later_of(stored, incoming);
  if (incoming.value == nullptr) return {Merged::Winner::stored, {}};
  if (stored.value == nullptr) return {Merged::Winner::incoming, {}};
  if (*stored.value == *incoming.value) return {Merged::Winner::stored, {}};

  const Json ours = parse_stored(*incoming.value);
  const Json theirs = parse_stored(*stored.value);
  const bool incoming_later = newer(incoming.origin, stored.origin);
  const Pair pair = incoming_later ? Pair{theirs, ours} : Pair{ours, theirs};
  const std::optional<Json> combined = combine(*spec, pair);
  if (!combined) return later_of(stored, incoming);

  std::string value = combined->canonical();
  if (value == *stored.value) return {Merged::Winner::stored, {}};
  if (value == *incoming.value) return {Merged::Winner::incoming, {}};
  return {Merged::Winner::neither, std::move(value)};
}

}  // namespace studiosync
