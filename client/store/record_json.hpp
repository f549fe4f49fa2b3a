// The members of a record and a change that share one column: JSON text, readable with plain SQL.
// Reading what these functions wrote gives the same value; anything else in the database is damage
// and reads as nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/sync/device_store.hpp"

namespace studiosync::client {

// Without `queued`, which has a column of its own.
std::string to_json(const PendingEdit& edit);
std::optional<PendingEdit> edit_from_json(std::string_view text, WallTime queued);

std::string to_json(const std::vector<FieldVersion>& versions);
std::vector<FieldVersion> field_versions_from_json(std::string_view text);

std::string to_json(const std::vector<std::string>& names);
std::vector<std::string> names_from_json(std::string_view text);

std::string to_json(const Epochs& epochs);
Epochs epochs_from_json(std::string_view text);

std::string_view to_text(Action action) noexcept;
Action action_from(std::string_view text) noexcept;

// The nil id is the empty text.
template <class Id>
std::string id_text(const Id& id) {
  return id.nil() ? std::string() : to_string(id);
}
template <class Id>
Id id_from(std::string_view text) {
  return parse_uuid<Id>(text).value_or(Id{});
}

}  // namespace studiosync::client
