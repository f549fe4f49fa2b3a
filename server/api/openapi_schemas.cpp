#include "server/api/openapi_schemas.hpp"

#include <array>
#include <utility>

#include "core/schema/registry.hpp"

namespace studiosync::server {
namespace {

// A property is `name:kind`, with `!` behind a required one. Kinds: text, time, integer, boolean,
// object, any; another word names a schema; `[]` behind it makes an array.
struct Shape {
  std::string_view name;
  std::string_view properties;
};

constexpr std::array shapes{
    Shape{"Error",
          "error:boolean! code:text! message:text! path:text rule:text "
          "retry_after_ms:integer conflict:Conflict"},
    Shape{"Success", "success:boolean!"},
    Shape{"Registration", "username:text! email:text! password:text!"},
    Shape{"Login", "username:text email:text password:text!"},
    Shape{"Refresh", "refresh_token:text!"},
    Shape{"PasswordChange", "current_password:text! new_password:text!"},
    Shape{"User", "id:text! username:text! email:text! role:text! created_at:time"},
    Shape{"Profile", "user:User!"},
    Shape{"Grant", "user:User! token:text! refresh_token:text! expires_at:time!"},
    Shape{"Device", "id:text! name:text! created_at:time! last_seen_at:time! revoked:boolean!"},
    Shape{"Devices", "devices:Device[]! count:integer!"},
    Shape{"DeviceName", "name:text!"},
    Shape{"Change",
          "id:text item_type:text! item_id:text! action:text! data:object "
          "changed_fields:text[] updated_at:time sync_version:integer device_id:text "
          "reason:text"},
    Shape{"Upload", "device_id:text! device_name:text last_sync_at:time changes:Change[]!"},
    Shape{"ChangeResult",
          "id:text! item_type:text! item_id:text! status:text! first_status:text "
          "sync_version:integer! rev:Rev! hlc:text! updated_at:time content_hash:text! "
          "conflict_id:text copy_id:text strategy:text code:text path:text rule:text "
          "message:text record:object"},
    Shape{"Rev", "epoch:text! version:integer!"},
    Shape{"ChangeConflict",
          "id:text! item_type:text! item_id:text! conflict_id:text! "
          "strategy:text copy_id:text"},
    Shape{"UploadAnswer",
          "success:boolean! synced_at:time! results:ChangeResult[]! "
          "conflicts:ChangeConflict[]! rejected:ChangeResult[]! message:text!"},
    Shape{"Deleted", "item_type:text! item_id:text! sync_version:integer! deleted_at:time!"},
    Shape{"Status",
          "head:text! epoch:text! devices:integer! open_conflicts:integer! "
          "records:integer!"},
    Shape{"Reset", "confirm:text!"},
    Shape{"ResetDone", "success:boolean! head:text!"},
    Shape{"ConflictSide",
          "data:any! sync_version:integer! updated_at:time! device_id:text! "
          "deleted:boolean"},
    Shape{"Conflict",
          "id:text! item_type:text! item_id:text! local_version:ConflictSide! "
          "remote_version:ConflictSide! strategy:text! status:text! detected_at:time! "
          "resolved_at:time"},
    Shape{"Conflicts", "conflicts:Conflict[]! count:integer!"},
    Shape{"Resolution",
          "strategy:text! chosen_version:text merged_data:object "
          "remote_version:integer device_id:text"},
    Shape{"Resolved", "success:boolean! conflict:Conflict!"},
    Shape{"Policies", "policies:object!"},
    Shape{"Health", "status:text! service:text! server_time:time!"},
    Shape{"State", "status:text!"},
    Shape{"Document", "openapi:text! info:object! paths:object! components:object!"},
};

Json typed(std::string_view type) {
  return Json::object().set("type", type);
}

Json reference(std::string_view schema) {
  return Json::object().set("$ref", "#/components/schemas/" + std::string(schema));
}

Json array_of(Json item) {
  return typed("array").set("items", std::move(item));
}

Json kind_schema(std::string_view kind) {
  if (kind.ends_with("[]")) return array_of(kind_schema(kind.substr(0, kind.size() - 2)));
  if (kind == "text") return typed("string");
  if (kind == "time") return typed("string").set("format", "date-time");
  if (kind == "any") return Json::object();
  if (kind == "integer" || kind == "boolean" || kind == "object") return typed(kind);
  return reference(kind);
}

// Takes the text up to the next blank off the front.
std::string_view take_word(std::string_view& text) {
  const std::size_t end = std::min(text.find(' '), text.size());
  const std::string_view word = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return word;
}

Json object_schema(Json properties, Json required) {
  Json schema = typed("object").set("properties", std::move(properties));
  if (!required.items().empty()) schema.set("required", std::move(required));
  return schema;
}

Json shape_schema(std::string_view rest) {
  Json properties = Json::object();
  Json required = Json::array();
  while (!rest.empty()) {
    std::string_view word = take_word(rest);
    const std::string name(word.substr(0, word.find(':')));
    if (word.ends_with('!')) {
      required.push_back(name);
      word.remove_suffix(1);
    }
    properties.set(name, kind_schema(word.substr(name.size() + 1)));
  }
  return object_schema(std::move(properties), std::move(required));
}

std::string_view kind_of(const FieldSpec& field) {
  switch (field.kind) {
    case Kind::timestamp:
      return "time";
    case Kind::integer:
      return "integer";
    case Kind::boolean:
      return "boolean";
    case Kind::object:
      return "object";
    case Kind::tags:
      return "text[]";
    case Kind::json:
      return "any";
    case Kind::real:
    case Kind::text:
    case Kind::enumeration:
    case Kind::reference:
      break;
  }
  return "text";
}

Json field_schema(const FieldSpec& field) {
  Json schema = field.kind == Kind::real ? typed("number") : kind_schema(kind_of(field));
  if (!field.choices.empty()) {
    Json choices = Json::array();
    for (const std::string_view choice : field.choices) choices.push_back(choice);
    schema.set("enum", std::move(choices));
  }
  if (!field.meaning.empty()) schema.set("description", field.meaning);
  return schema;
}

Json record_schema(const EntitySpec& spec) {
  Json properties = Json::object();
  Json required = Json::array();
  properties.set("id", typed("string"));
  properties.set("sync_version", typed("integer"));
  properties.set("updated_at", kind_schema("time"));
  for (const char* name : {"id", "sync_version", "updated_at"}) required.push_back(name);
  for (const FieldSpec& field : spec.fields) {
    properties.set(std::string(field.name), field_schema(field));
    if (field.required) required.push_back(field.name);
  }
  return object_schema(std::move(properties), std::move(required));
}

Json download_schema() {
  Json schema =
      shape_schema("deleted:Deleted[]! sync_timestamp:time! next_cursor:text! has_more:boolean!");
  for (const EntitySpec& spec : registry()) {
    schema.find("properties")->set(std::string(spec.plural), array_of(reference(spec.wire_name)));
    schema.find("required")->push_back(spec.plural);
  }
  return schema;
}

}  // namespace

Json openapi_schemas() {
  Json schemas = Json::object();
  for (const Shape& shape : shapes) {
    schemas.set(std::string(shape.name), shape_schema(shape.properties));
  }
  for (const EntitySpec& spec : registry()) {
    schemas.set(std::string(spec.wire_name), record_schema(spec));
  }
  schemas.set("Download", download_schema());
  return schemas;
}

}  // namespace studiosync::server
