#include "core/base/fields.hpp"

#include <algorithm>

#include "core/base/check.hpp"
#include "core/base/json_text.hpp"
#include "core/base/member_slices.hpp"
#include "core/base/utf16_order.hpp"

namespace studiosync {
namespace {

auto position(const std::vector<Fields::Entry>& entries, std::string_view key) {
  return std::lower_bound(
      entries.begin(), entries.end(), key,
      [](const Fields::Entry& entry, std::string_view k) { return utf16_less(entry.first, k); });
}

}  // namespace

Fields Fields::from_content(std::string_view canonical_object) {
  Fields fields;
  if (const auto slices = member_slices(canonical_object)) {
    fields.entries_.reserve(slices->size());
    for (const auto& [key, value] : *slices) fields.append(std::string(key), std::string(value));
    return fields;
  }
  const auto parsed = parse_json(canonical_object);
  SS_CHECK(parsed.has_value());
  return from_json(*parsed);
}

Fields Fields::from_json(const Json& object) {
  Fields fields;
  fields.entries_.reserve(object.members().size());
  for (const Json::Member& member : object.members()) {
    fields.append(member.key, member.value.canonical());
  }
  return fields;
}

// What was written or parsed by us comes in order.
void Fields::append(std::string key, std::string canonical_value) {
  if (entries_.empty() || utf16_less(entries_.back().first, key)) {
    entries_.emplace_back(std::move(key), std::move(canonical_value));
  } else {
    set(std::move(key), std::move(canonical_value));
  }
}

const std::string* Fields::find(std::string_view key) const noexcept {
  const auto at = position(entries_, key);
  return at != entries_.end() && at->first == key ? &at->second : nullptr;
}

void Fields::set(std::string key, std::string canonical_value) {
  const auto at = position(entries_, key);
  const auto index = at - entries_.begin();
  if (at != entries_.end() && at->first == key) {
    entries_[static_cast<std::size_t>(index)].second = std::move(canonical_value);
  } else {
    entries_.emplace(entries_.begin() + index, std::move(key), std::move(canonical_value));
  }
}

bool Fields::erase(std::string_view key) {
  const auto at = position(entries_, key);
  if (at == entries_.end() || at->first != key) return false;
  entries_.erase(at);
  return true;
}

std::size_t Fields::content_bytes_max() const noexcept {
  constexpr std::size_t escaped_bytes_max = 6;  // \u001f
  std::size_t bytes = 2;
  for (const auto& [key, value] : entries_) {
    bytes += escaped_bytes_max * key.size() + value.size() + 4;
  }
  return bytes;
}

std::string Fields::content() const {
  std::size_t bytes = 2;
  for (const auto& [key, value] : entries_) bytes += key.size() + value.size() + 4;
  std::string out;
  out.reserve(bytes);
  out += '{';
  for (const auto& [key, value] : entries_) {
    if (out.size() > 1) out += ',';
    write_text(key, out);
    out += ':';
    out += value;
  }
  out += '}';
  return out;
}

}  // namespace studiosync
