#include "core/schema/registry.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/check.hpp"
#include "core/schema/entities.hpp"

namespace studiosync {
namespace {

constexpr std::array<std::pair<Strategy, std::string_view>, 4> strategy_names{{
    {Strategy::last_write_wins, "last_write_wins"},
    {Strategy::keep_both, "keep_both"},
    {Strategy::merge, "merge"},
    {Strategy::user_choice, "user_choice"},
}};

// In upload order, as user_entity_types.
const std::array<EntitySpec, 6>& entities() noexcept {
  static const std::array<EntitySpec, 6> all{connection_entity(),  preference_entity(),
                                             saved_query_entity(), query_history_entity(),
                                             ai_session_entity(),  ai_message_entity()};
  return all;
}

}  // namespace

std::string_view to_string(Strategy strategy) noexcept {
  for (const auto& [known, name] : strategy_names) {
    if (known == strategy) return name;
  }
  return "unknown";
}

std::optional<Strategy> parse_strategy(std::string_view name) noexcept {
  for (const auto& [strategy, known] : strategy_names) {
    if (known == name) return strategy;
  }
  return std::nullopt;
}

std::span<const EntitySpec> registry() noexcept {
  return entities();
}

const EntitySpec& spec_of(EntityType type) noexcept {
  const auto& all = entities();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& spec) { return spec.type == type; });
  SS_CHECK(found != all.end());
  return *found;
}

const FieldSpec* find_field(const EntitySpec& spec, std::string_view name) noexcept {
  for (const FieldSpec& field : spec.fields) {
    if (field.name == name || (!field.alias.empty() && field.alias == name)) return &field;
  }
  return nullptr;
}

bool strategy_allowed(const EntitySpec& spec, Strategy strategy) noexcept {
  if (spec.immutable) return strategy == spec.strategy;
  return strategy != Strategy::keep_both || spec.copies_allowed;
}

}  // namespace studiosync
