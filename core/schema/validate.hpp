// Decides whether a value may become a record, and gives it its one canonical form.
// Pure; any thread. Errors are `validation_error` with the exact JSON path below `path`.
#pragma once

#include <string>
#include <string_view>

#include "core/base/fields.hpp"
#include "core/base/result.hpp"
#include "core/schema/registry.hpp"

namespace studiosync {

// 1 to limits::id_bytes_max characters of [A-Za-z0-9._:-]. `path` goes into the error.
Result<> validate_id(std::string_view id, std::string_view path);

// Of a field, known or not: it is a name, repeated in the history of the record, and no text.
inline constexpr std::size_t field_name_bytes_max = 512;

enum class Completeness : std::uint8_t {
  whole,    // a record: required fields must be there, defaults are filled in
  partial,  // a plain client's update: absent keys mean "unchanged"
  stored,   // a whole record as some store has it: names beyond the limit were taken once
};

// `data` is the object a client sent (mutated: aliases renamed, `id` removed when equal to the
// record's id, server-owned keys such as sync_version and updated_at dropped). Unknown fields are
// kept. A null for an optional field is the same as leaving it out of a whole record (it is
// dropped); in a partial one it removes the field (kept as null).
Result<Fields> validate(const EntitySpec& spec, std::string_view id, Json data,
                        Completeness completeness, std::string_view path = "$.data");

// A preference's id follows from its key: the key where it fits the id rules, else `p-` and the
// first 32 hex digits of SHA-256(key); with a device_id (device-local) both are hashed.
std::string preference_id(std::string_view key, std::string_view device_id = {});

// Whether records of the type may become such that must never leave the device.
bool may_turn_private(EntityType type) noexcept;

// Whether this record must never leave the device: private history, device-local preferences.
bool stays_local(EntityType type, const Fields& fields);

}  // namespace studiosync
