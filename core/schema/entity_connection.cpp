#include <array>

#include "core/schema/entities.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::array databases{"postgres"sv, "mysql"sv,  "sqlite"sv,
                               "mssql"sv,    "oracle"sv, "mongodb"sv};
constexpr std::array ssl_modes{"disable"sv, "require"sv, "verify-ca"sv, "verify-full"sv};

// Never a password, key or passphrase: those are not in this table, so the sanitizer removes them.
constexpr std::array fields{
    FieldSpec{.name = "name",
              .required = true,
              .bytes_max = field_bytes::name,
              .minimum = 1,
              .sanitize = SanitizeRule::free_text,
              .meaning = "what the user calls it"},
    FieldSpec{.name = "type",
              .kind = Kind::enumeration,
              .required = true,
              .choices = databases,
              .meaning = "kind of database"},
    FieldSpec{.name = "host",
              .bytes_max = field_bytes::address,
              .sanitize = SanitizeRule::url,
              .meaning = "host name, address or socket"},
    FieldSpec{.name = "port",
              .kind = Kind::integer,
              .minimum = 1,
              .maximum = 65535,
              .meaning = "TCP port"},
    FieldSpec{.name = "database",
              .bytes_max = field_bytes::address,
              .sanitize = SanitizeRule::url,
              .meaning = "database, service or file"},
    FieldSpec{.name = "username",
              .bytes_max = field_bytes::name,
              .sanitize = SanitizeRule::free_text,
              .meaning = "login name"},
    FieldSpec{.name = "ssl_mode",
              .kind = Kind::enumeration,
              .choices = ssl_modes,
              .meaning = "how TLS is used"},
    FieldSpec{.name = "use_ssh",
              .kind = Kind::boolean,
              .default_value = "false",
              .meaning = "whether an SSH tunnel is used"},
    FieldSpec{.name = "ssh_host",
              .bytes_max = field_bytes::address,
              .sanitize = SanitizeRule::url,
              .meaning = "the tunnel's host"},
    FieldSpec{.name = "ssh_port",
              .kind = Kind::integer,
              .minimum = 1,
              .maximum = 65535,
              .meaning = "the tunnel's port"},
    FieldSpec{.name = "ssh_user",
              .bytes_max = field_bytes::name,
              .sanitize = SanitizeRule::free_text,
              .meaning = "login name at the tunnel's host"},
    FieldSpec{.name = "parameters",
              .kind = Kind::object,
              .bytes_max = field_bytes::tree,
              .sanitize = SanitizeRule::tree,
              .merge = MergeRule::deep_object,
              .meaning = "settings of the driver"},
    FieldSpec{.name = "environment_tags",
              .kind = Kind::tags,
              .bytes_max = field_bytes::tags,
              .sanitize = SanitizeRule::free_text,
              .merge = MergeRule::set_union,
              .meaning = "as `production`, `staging`"},
    FieldSpec{.name = "color", .bytes_max = field_bytes::word, .meaning = "its colour in lists"},
    FieldSpec{.name = "icon", .bytes_max = field_bytes::word, .meaning = "its icon in lists"},
    FieldSpec{.name = "metadata",
              .kind = Kind::object,
              .bytes_max = field_bytes::tree,
              .sanitize = SanitizeRule::tree,
              .merge = MergeRule::deep_object,
              .meaning = "what clients keep beside it"},
    FieldSpec{.name = "last_used_at",
              .kind = Kind::timestamp,
              .merge = MergeRule::maximum,
              .meaning = "when it was last opened"},
    created_at_field,
};

}  // namespace

EntitySpec connection_entity() noexcept {
  return {.type = EntityType::connection,
          .wire_name = "connection",
          .plural = "connections",
          .table = "connection_templates",
          .name_field = "name",
          .strategy = Strategy::keep_both,
          .copies_allowed = true,
          .fields = fields,
          .meaning = "How to reach a database, without its credentials."};
}

}  // namespace studiosync
