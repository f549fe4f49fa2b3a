#include <array>

#include "core/schema/entities.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array strategies{"last_write_wins"sv, "keep_both"sv, "merge"sv, "user_choice"sv};
constexpr std::array states{"open"sv, "resolved"sv};

constexpr std::array fields{
    FieldSpec{.name = "item_type", .required = true, .meaning = "entity of the record"},
    FieldSpec{.name = "item_id",
              .kind = Kind::reference,
              .required = true,
              .meaning = "the record in conflict"},
    FieldSpec{.name = "local_version", .kind = Kind::object, .meaning = "the incoming side"},
    FieldSpec{.name = "remote_version", .kind = Kind::object, .meaning = "the stored side"},
    FieldSpec{.name = "strategy",
              .kind = Kind::enumeration,
              .choices = strategies,
              .meaning = "how it was or will be resolved"},
    FieldSpec{.name = "status",
              .kind = Kind::enumeration,
              .choices = states,
              .meaning = "whether a decision is due"},
    FieldSpec{.name = "detected_at", .kind = Kind::timestamp, .meaning = "when the server saw it"},
    FieldSpec{.name = "resolved_at", .kind = Kind::timestamp, .meaning = "when it was decided"},
};

}  // namespace

EntitySpec conflict_entity() noexcept {
  return {.type = EntityType::conflict,
          .wire_name = "conflict",
          .plural = "conflicts",
          .table = "sync_conflicts_archive",
          .strategy = Strategy::last_write_wins,
          .fields = fields,
          .meaning = "Two versions of one record, and what became of them."};
}

}  // namespace studiosync
