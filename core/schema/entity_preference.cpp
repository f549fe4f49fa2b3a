#include <array>

#include "core/schema/entities.hpp"

namespace studiosync {
namespace {

constexpr std::array fields{
    FieldSpec{.name = "key",
              .required = true,
              .bytes_max = field_bytes::name,
              .minimum = 1,
              .meaning = "the setting's name; the record's id follows from it; immutable"},
    FieldSpec{.name = "value",
              .kind = Kind::json,
              .sanitize = SanitizeRule::tree,
              .meaning = "any JSON value"},
    FieldSpec{.name = "category", .bytes_max = field_bytes::name, .meaning = "as `editor`, `grid`"},
    FieldSpec{.name = "device_id",
              .bytes_max = field_bytes::word,
              .meaning = "present: local to that device, never uploaded; immutable"},
    created_at_field,
};

}  // namespace

EntitySpec preference_entity() noexcept {
  return {.type = EntityType::preference,
          .wire_name = "preference",
          .plural = "preferences",
          .table = "user_preferences",
          .strategy = Strategy::last_write_wins,
          .fields = fields,
          .meaning = "One setting of the user interface."};
}

}  // namespace studiosync
