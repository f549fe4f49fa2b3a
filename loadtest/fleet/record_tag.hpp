// A record's name in 17 bytes: a run remembers millions of them.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/schema/entity_type.hpp"

namespace studiosync::load {

// Ids that are UUIDs are kept, others are hashed (128 bits: no two meet).
struct RecordTag {
  std::array<std::uint8_t, 16> id{};
  EntityType type{};
  bool operator==(const RecordTag&) const = default;
};

RecordTag tag_of(EntityType type, std::string_view id);
// `saved_query 0190…`; for an id that is no UUID the hash.
std::string to_string(const RecordTag& tag);

}  // namespace studiosync::load

// Both kinds of ids are random where it is read.
template <>
struct std::hash<studiosync::load::RecordTag> {
  std::size_t operator()(const studiosync::load::RecordTag& tag) const noexcept;
};
