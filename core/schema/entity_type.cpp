#include "core/schema/entity_type.hpp"

#include <utility>

namespace studiosync {
namespace {

constexpr std::array<std::pair<EntityType, std::string_view>, 7> wire_names{{
    {EntityType::connection, "connection"},
    {EntityType::preference, "preference"},
    {EntityType::saved_query, "saved_query"},
    {EntityType::query_history, "query_history"},
    {EntityType::ai_session, "ai_session"},
    {EntityType::ai_message, "ai_message"},
    {EntityType::conflict, "conflict"},
}};

}  // namespace

std::string_view to_string(EntityType type) noexcept {
  for (const auto& [known, name] : wire_names) {
    if (known == type) return name;
  }
  return "unknown";
}

std::optional<EntityType> parse_entity_type(std::string_view wire_name) noexcept {
  for (const auto& [type, name] : wire_names) {
    if (name == wire_name) return type;
  }
  return std::nullopt;
}

std::optional<EntityType> entity_type_from(std::int64_t stored) noexcept {
  for (const auto& [type, name] : wire_names) {
    if (static_cast<std::int64_t>(type) == stored) return type;
  }
  return std::nullopt;
}

}  // namespace studiosync
