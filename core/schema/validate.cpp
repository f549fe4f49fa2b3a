#include "core/schema/validate.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/hex.hpp"
#include "core/base/limits.hpp"
#include "core/base/sha256.hpp"
#include "core/schema/depth_check.hpp"
#include "core/schema/field_check.hpp"
#include "core/schema/json_path.hpp"

namespace studiosync {
namespace {

using std::string_view_literals::operator""sv;

// The server gives these to a record; what a client sends under these names is an echo.
constexpr std::array server_owned{"sync_version"sv, "updated_at"sv, "deleted_at"sv, "synced_at"sv,
                                  "user_id"sv};
// Counted from the messages, so a stored number could only be wrong.
constexpr std::string_view derived_message_count = "message_count";

Unexpected refuse(std::string message, std::string path) {
  return fail(ErrorCode::validation_error, std::move(message), std::move(path));
}

bool id_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         "._:-"sv.find(c) != std::string_view::npos;
}

// A preference may come with any id, because its id is rewritten from the key.
Result<> take_id(const EntitySpec& spec, std::string_view id, Json& data, std::string_view path) {
  const Json* given = data.find("id");
  if (given == nullptr) return {};
  const bool same = given->is_string() && given->as_string() == id;
  if (!same && !given->is_null() && spec.type != EntityType::preference) {
    return refuse("differs from the record's id", member_path(path, "id"));
  }
  data.erase("id");
  return {};
}

// What has a long name may still be removed by it.
Result<> check_names(const Json& data, Completeness completeness, std::string_view path) {
  if (completeness == Completeness::stored) return {};
  for (const auto& [name, value] : data.members()) {
    if (name.size() <= field_name_bytes_max || value.is_null()) continue;
    return refuse(
        "must not have a name of more than " + std::to_string(field_name_bytes_max) + " bytes",
        member_path(path, name));
  }
  return {};
}

// An empty name is any_field's, which dates a record's absent fields.
Result<> check_members(const Json& data, Completeness completeness, std::string_view path) {
  if (data.members().size() > limits::fields_max) {
    return refuse("must not have more than " + std::to_string(limits::fields_max) + " fields",
                  std::string(path));
  }
  if (data.find("") != nullptr) return refuse("a field needs a name", member_path(path, ""));
  return check_names(data, completeness, path);
}

void drop_server_owned(const EntitySpec& spec, Json& data) {
  for (const std::string_view key : server_owned) data.erase(key);
  if (spec.type == EntityType::ai_session) data.erase(derived_message_count);
}

Result<> rename_aliases(const EntitySpec& spec, Json& data, std::string_view path) {
  for (const FieldSpec& field : spec.fields) {
    Json* given = field.alias.empty() ? nullptr : data.find(field.alias);
    if (given == nullptr) continue;
    Json value = std::move(*given);
    data.erase(field.alias);
    const Json* named = data.find(field.name);
    if (named != nullptr && *named != value) {
      return refuse("differs from `" + std::string(field.name) + "`, whose other name it is",
                    member_path(path, field.alias));
    }
    data.set(std::string(field.name), std::move(value));
  }
  return {};
}

// No null is stored at the top level: there it could not be told from "removed".
void drop_nulls(Json& data) {
  auto& members = data.members();
  std::erase_if(members, [](const Json::Member& member) { return member.value.is_null(); });
}

Result<> check_missing(const FieldSpec& field, Json& data, Completeness completeness,
                       std::string_view path) {
  if (completeness == Completeness::partial) return {};
  if (field.required) return refuse("is required", member_path(path, field.name));
  if (!field.default_value.empty()) {
    data.set(std::string(field.name), Json::raw(std::string(field.default_value)));
  }
  return {};
}

// Fields are checked below an empty path, for most are right, and theirs is never read.
Result<> check_present(const FieldSpec& field, Json& value, std::string_view path) {
  auto checked = check_field(field, value, "");
  if (!checked) checked.error().path.insert(0, member_path(path, field.name));
  return checked;
}

Result<> check_fields(const EntitySpec& spec, Json& data, Completeness completeness,
                      std::string_view path) {
  for (const FieldSpec& field : spec.fields) {
    Json* value = data.find(field.name);
    if (value == nullptr) {
      SS_TRY(check_missing(field, data, completeness, path));
    } else if (!value->is_null()) {
      SS_TRY(check_present(field, *value, path));
    } else if (field.required) {
      return refuse("cannot be removed", member_path(path, field.name));
    }
  }
  return {};
}

}  // namespace

Result<> validate_id(std::string_view id, std::string_view path) {
  if (id.empty()) return refuse("must not be empty", std::string(path));
  if (id.size() > limits::id_bytes_max) {
    return refuse("must not be longer than " + std::to_string(limits::id_bytes_max) + " characters",
                  std::string(path));
  }
  if (std::all_of(id.begin(), id.end(), id_character)) return {};
  return refuse("may hold letters, digits and . _ : - only", std::string(path));
}

Result<Fields> validate(const EntitySpec& spec, std::string_view id, Json data,
                        Completeness completeness, std::string_view path) {
  if (!data.is_object()) return refuse("must be an object", std::string(path));
  SS_TRY(check_members(data, completeness, path));
  SS_TRY(check_depth(data, path));
  SS_TRY(take_id(spec, id, data, path));
  drop_server_owned(spec, data);
  SS_TRY(rename_aliases(spec, data, path));
  if (completeness != Completeness::partial) drop_nulls(data);
  SS_TRY(check_fields(spec, data, completeness, path));
  Fields fields = Fields::from_json(data);
  const bool fitting = fields.content_bytes_max() <= limits::record_bytes_max ||
                       fits(fields.content(), limits::record_bytes_max);
  if (!fitting) {
    return refuse("must not be longer than " + std::to_string(limits::record_bytes_max) + " bytes",
                  std::string(path));
  }
  return fields;
}

std::string preference_id(std::string_view key, std::string_view device_id) {
  if (device_id.empty() && validate_id(key, "$")) return std::string(key);
  std::string hashed(device_id);
  // A device id cannot hold NUL, so no two pairs give one text.
  if (!device_id.empty()) hashed.push_back('\0');
  return "p-" + to_hex(sha256(hashed.append(key))).substr(0, 32);
}

bool may_turn_private(EntityType type) noexcept {
  return type == EntityType::query_history;
}

bool stays_local(EntityType type, const Fields& fields) {
  if (may_turn_private(type)) {
    const std::string* mode = fields.find("privacy_mode");
    return mode != nullptr && *mode == "\"private\"";
  }
  if (type != EntityType::preference) return false;
  const std::string* device = fields.find("device_id");
  return device != nullptr && *device != "\"\"" && *device != "null";
}

}  // namespace studiosync
