// The entries of the registry, one function an entity. Everybody else asks registry.hpp.
#pragma once

#include "core/schema/registry.hpp"

namespace studiosync {

EntitySpec connection_entity() noexcept;
EntitySpec preference_entity() noexcept;
EntitySpec saved_query_entity() noexcept;
EntitySpec query_history_entity() noexcept;
EntitySpec ai_session_entity() noexcept;
EntitySpec ai_message_entity() noexcept;
// Internal: written by the server only, so not part of registry(). It has a table on the device.
EntitySpec conflict_entity() noexcept;

// Caps that several entities share, in bytes.
namespace field_bytes {
// What a list shows in one line.
inline constexpr std::size_t name = 512;
// Host names end at 255; sockets, file paths and URIs are longer.
inline constexpr std::size_t address = 4096;
// Prose that a person writes about a record.
inline constexpr std::size_t prose = 64U << 10;
// Tags of one record.
inline constexpr std::size_t tags = 16U << 10;
// Settings of a driver, or what a client keeps beside a record.
inline constexpr std::size_t tree = 256U << 10;
// A colour, an icon's name.
inline constexpr std::size_t word = 128;
}  // namespace field_bytes

// When the user made the record: the client's claim, never used to order anything.
inline constexpr FieldSpec created_at_field{
    .name = "created_at", .kind = Kind::timestamp, .meaning = "when the user made it"};

}  // namespace studiosync
