#include <array>

#include "core/schema/entities.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array privacy_modes{"private"sv, "normal"sv, "shared"sv};

constexpr FieldSpec query_field{.name = "query",
                                .required = true,
                                .sanitize = SanitizeRule::sql,
                                .merge = MergeRule::newest,
                                .meaning = "the SQL (or MongoDB) text"};
constexpr FieldSpec connection_id_field{
    .name = "connection_id", .kind = Kind::reference, .meaning = "the connection it runs on"};
constexpr FieldSpec favorite_field{.name = "favorite",
                                   .kind = Kind::boolean,
                                   .default_value = "false",
                                   .meaning = "whether the user starred it"};

constexpr FieldSpec with_alias(FieldSpec field, std::string_view alias) {
  field.alias = alias;
  return field;
}

constexpr std::array saved_query_fields{
    FieldSpec{.name = "name",
              .required = true,
              .bytes_max = field_bytes::name,
              .minimum = 1,
              .alias = "title",
              .sanitize = SanitizeRule::free_text,
              .meaning = "what the user calls it"},
    FieldSpec{.name = "description",
              .bytes_max = field_bytes::prose,
              .sanitize = SanitizeRule::free_text,
              .merge = MergeRule::longer_text,
              .meaning = "what it is for"},
    with_alias(query_field, "query_text"),
    connection_id_field,
    FieldSpec{.name = "tags",
              .kind = Kind::tags,
              .bytes_max = field_bytes::tags,
              .sanitize = SanitizeRule::free_text,
              .merge = MergeRule::set_union,
              .meaning = "labels"},
    FieldSpec{.name = "folder",
              .bytes_max = field_bytes::address,
              .sanitize = SanitizeRule::free_text,
              .meaning = "path of folders, separated by `/`"},
    favorite_field,
    FieldSpec{.name = "metadata",
              .kind = Kind::object,
              .bytes_max = field_bytes::tree,
              .sanitize = SanitizeRule::tree,
              .merge = MergeRule::deep_object,
              .meaning = "what clients keep beside it"},
    created_at_field,
};

constexpr std::array query_history_fields{
    query_field,
    connection_id_field,
    FieldSpec{.name = "executed_at",
              .kind = Kind::timestamp,
              .merge = MergeRule::maximum,
              .meaning = "when it ran, by the device's clock"},
    FieldSpec{.name = "duration_ms",
              .kind = Kind::integer,
              .minimum = 0,
              .merge = MergeRule::maximum,
              .meaning = "how long it ran"},
    FieldSpec{.name = "rows_affected",
              .kind = Kind::integer,
              .minimum = -1,
              .merge = MergeRule::maximum,
              .meaning = "rows returned or changed; -1 where the driver cannot tell"},
    FieldSpec{.name = "success",
              .kind = Kind::boolean,
              .default_value = "true",
              .meaning = "whether it ran to its end"},
    FieldSpec{.name = "error",
              .bytes_max = field_bytes::prose,
              .sanitize = SanitizeRule::free_text,
              .meaning = "the database's message"},
    favorite_field,
    FieldSpec{.name = "privacy_mode",
              .kind = Kind::enumeration,
              .choices = privacy_modes,
              .default_value = "\"normal\"",
              .meaning = "`private` never leaves the device"},
    created_at_field,
};

}  // namespace

EntitySpec saved_query_entity() noexcept {
  return {.type = EntityType::saved_query,
          .wire_name = "saved_query",
          .plural = "saved_queries",
          .table = "saved_queries",
          .name_field = "name",
          .strategy = Strategy::keep_both,
          .copies_allowed = true,
          .fields = saved_query_fields,
          .meaning = "A query of the user's library."};
}

EntitySpec query_history_entity() noexcept {
  return {.type = EntityType::query_history,
          .wire_name = "query_history",
          .plural = "query_history",
          .table = "query_history",
          .strategy = Strategy::last_write_wins,
          .append_only = true,
          .fields = query_history_fields,
          .meaning = "One execution of a query."};
}

}  // namespace studiosync
