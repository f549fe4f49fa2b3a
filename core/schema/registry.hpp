// One table that describes every entity type. Validation, DDL, views, samples, completion and the
// documentation are derived from it: adding an entity is adding one entry (and its enumerator).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/schema/entity_type.hpp"

namespace studiosync {

enum class Kind : std::uint8_t {
  text,
  integer,
  real,
  boolean,
  timestamp,  // RFC 3339 text
  json,       // any value
  object,     // JSON object
  tags,       // array of distinct texts
  enumeration,
  reference,  // id of another record
};

// How a field merges when both sides changed it to different values and the strategy is `merge`.
enum class MergeRule : std::uint8_t {
  newest,       // the larger stamp; ties by replica
  set_union,    // tags: sorted union
  maximum,      // numbers and timestamps
  longer_text,  // the longer one; the shorter is appended behind a separator unless contained in it
  deep_object,  // objects: key by key, `newest` for each
};

// What the structural sanitizer does with a field (the textual layer comes behind the same rule).
enum class SanitizeRule : std::uint8_t {
  plain,      // names, numbers, enumerations
  sql,        // SQL text
  free_text,  // prose, error messages
  url,        // host names that may turn out to be URIs
  tree,       // JSON: credential keys are removed at any depth
};

enum class Strategy : std::uint8_t {
  last_write_wins = 1,
  keep_both = 2,
  merge = 3,
  user_choice = 4
};
std::string_view to_string(Strategy strategy) noexcept;
std::optional<Strategy> parse_strategy(std::string_view name) noexcept;

struct FieldSpec {
  std::string_view name;
  Kind kind = Kind::text;
  bool required = false;
  std::size_t bytes_max = 0;         // of the text or serialized value; 0 = the record's limit
  std::int64_t minimum = INT64_MIN;  // integers; of a text: the fewest bytes
  std::int64_t maximum = INT64_MAX;
  std::span<const std::string_view> choices = {};  // enumerations
  std::string_view alias = {};                     // accepted on input, stored under `name`
  std::string_view default_value = {};  // canonical JSON; written at creation when absent
  SanitizeRule sanitize = SanitizeRule::plain;
  MergeRule merge = MergeRule::newest;
  std::string_view meaning = {};  // one line for the documentation table
};

struct EntitySpec {
  EntityType type{};
  std::string_view wire_name;  // saved_query
  std::string_view plural;     // saved_queries: the download's array
  std::string_view table;      // saved_queries: the device's table
  std::string_view
      name_field;       // what a conflicted copy renames; empty where copies are not allowed
  Strategy strategy{};  // on a true conflict, unless the user chose another
  bool copies_allowed = false;         // keep_both may be chosen
  bool immutable = false;              // ai_message: an update is a union, never an overwrite
  bool append_only = false;            // query_history
  std::string_view parent_field = {};  // ai_message.session_id
  EntityType parent = EntityType::conflict;
  std::span<const FieldSpec> fields;
  std::string_view meaning;
};

std::span<const EntitySpec> registry() noexcept;
const EntitySpec& spec_of(EntityType type) noexcept;  // SS_CHECK for `conflict`
// The field by name or alias; nullptr for an unknown one (which is kept and synced all the same).
const FieldSpec* find_field(const EntitySpec& spec, std::string_view name) noexcept;
// Whether a user may choose this strategy for this type.
bool strategy_allowed(const EntitySpec& spec, Strategy strategy) noexcept;

}  // namespace studiosync
