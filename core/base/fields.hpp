// The top-level members of a record's content: what merging compares and exchanges.
// A value is canonical JSON text, so equal bytes are equal values.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/json.hpp"

namespace studiosync {

class Fields {
 public:
  using Entry = std::pair<std::string, std::string>;  // key, canonical value

  Fields() = default;
  // From canonical content as we stored it. SS_CHECK on anything else; untrusted text goes through
  // parse_json and from_json.
  static Fields from_content(std::string_view canonical_object);
  static Fields from_json(const Json& object);

  const std::string* find(std::string_view key) const noexcept;
  void set(std::string key, std::string canonical_value);
  bool erase(std::string_view key);
  bool empty() const noexcept { return entries_.empty(); }
  std::size_t size() const noexcept { return entries_.size(); }

  auto begin() const noexcept { return entries_.begin(); }
  auto end() const noexcept { return entries_.end(); }

  // The canonical object. from_content(content()) == *this.
  std::string content() const;
  // Of which this is a bound that costs no text.
  std::size_t content_bytes_max() const noexcept;

  bool operator==(const Fields&) const = default;

 private:
  void append(std::string key, std::string canonical_value);

  std::vector<Entry> entries_;  // sorted by key in UTF-16 order
};

}  // namespace studiosync
