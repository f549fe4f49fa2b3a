// The kinds of records that sync, in the order in which a device uploads them.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace studiosync {

// The values are stored and must not change. Parents come before children.
enum class EntityType : std::uint8_t {
  connection = 1,
  preference = 2,
  saved_query = 3,
  query_history = 4,
  ai_session = 5,
  ai_message = 6,
  conflict = 15,  // internal: written by the server only, so that every device learns of conflicts
};

// Those that a user edits.
inline constexpr std::array<EntityType, 6> user_entity_types{
    EntityType::connection,    EntityType::preference, EntityType::saved_query,
    EntityType::query_history, EntityType::ai_session, EntityType::ai_message};

std::string_view to_string(EntityType type) noexcept;  // the wire name
std::optional<EntityType> parse_entity_type(
    std::string_view wire_name) noexcept;  // with `conflict`
std::optional<EntityType> entity_type_from(std::int64_t stored) noexcept;

}  // namespace studiosync
