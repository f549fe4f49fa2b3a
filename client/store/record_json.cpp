#include "client/store/record_json.hpp"

#include "core/base/json.hpp"

namespace studiosync::client {

namespace {

// Stored text as a value; null for damage, which then has no members.
Json parsed(std::string_view text) {
  return parse_json(text).value_or(Json());
}

std::string text_at(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  return value && value->is_string() ? value->as_string() : std::string();
}

std::uint64_t number_at(const Json& object, std::string_view key) {
  const Json* value = object.find(key);
  return value && value->is_integer() ? value->as_uint() : 0;
}

Stamp stamp_at(const Json& object, std::string_view key) {
  return parse_stamp(text_at(object, key)).value_or(Stamp{});
}

// The items of an array; none for anything else.
std::vector<Json> items_of(Json value) {
  return value.is_array() ? std::move(value.items()) : std::vector<Json>{};
}

Json names_array(const std::vector<std::string>& names) {
  Json array = Json::array();
  for (const auto& name : names) array.push_back(name);
  return array;
}

std::vector<std::string> names_of(Json array) {
  std::vector<std::string> names;
  for (const Json& item : items_of(std::move(array))) {
    if (item.is_string()) names.push_back(item.as_string());
  }
  return names;
}

}  // namespace

std::string to_json(const PendingEdit& edit) {
  Json object = Json::object();
  object.set("action", to_text(edit.action));
  if (!edit.reason.empty()) object.set("reason", edit.reason);
  object.set("base_epoch", edit.base.epoch.value);
  object.set("base_version", edit.base.version.value);
  object.set("changed", names_array(edit.changed));
  object.set("hlc", to_string(edit.stamp));
  if (edit.confirmed) object.set("confirmed", true);
  return object.dump();
}

std::optional<PendingEdit> edit_from_json(std::string_view text, WallTime queued) {
  const Json object = parsed(text);
  if (!object.is_object()) return std::nullopt;
  PendingEdit edit;
  edit.action = action_from(text_at(object, "action"));
  edit.reason = text_at(object, "reason");
  edit.base = {Epoch{number_at(object, "base_epoch")}, Version{number_at(object, "base_version")}};
  if (const Json* changed = object.find("changed")) edit.changed = names_of(*changed);
  edit.stamp = stamp_at(object, "hlc");
  edit.queued = queued;
  edit.confirmed = object.find("confirmed") != nullptr;
  return edit;
}

std::string to_json(const std::vector<FieldVersion>& versions) {
  Json array = Json::array();
  for (const auto& version : versions) {
    Json object = Json::object();
    object.set("field", version.field);
    object.set("version", version.version.value);
    object.set("replica", id_text(version.origin.replica));
    object.set("device_seq", version.origin.device_seq.value);
    object.set("hlc", to_string(version.origin.stamp));
    array.push_back(std::move(object));
  }
  return array.dump();
}

std::vector<FieldVersion> field_versions_from_json(std::string_view text) {
  std::vector<FieldVersion> versions;
  for (const Json& item : items_of(parsed(text))) {
    versions.push_back({text_at(item, "field"), Version{number_at(item, "version")},
                        Origin{id_from<ReplicaId>(text_at(item, "replica")),
                               DeviceSeq{number_at(item, "device_seq")}, stamp_at(item, "hlc")}});
  }
  return versions;
}

std::string to_json(const std::vector<std::string>& names) {
  return names_array(names).dump();
}

std::vector<std::string> names_from_json(std::string_view text) {
  return names_of(parsed(text));
}

std::string to_json(const Epochs& epochs) {
  Json array = Json::array();
  for (const auto& mark : epochs) {
    Json object = Json::object();
    object.set("epoch", mark.epoch.value).set("first_seq", mark.first_seq.value);
    array.push_back(std::move(object));
  }
  return array.dump();
}

Epochs epochs_from_json(std::string_view text) {
  Epochs epochs;
  for (const Json& item : items_of(parsed(text))) {
    epochs.push_back({Epoch{number_at(item, "epoch")}, Seq{number_at(item, "first_seq")}});
  }
  return epochs;
}

std::string_view to_text(Action action) noexcept {
  return action == Action::remove ? "delete" : "upsert";
}

Action action_from(std::string_view text) noexcept {
  return text == "delete" ? Action::remove : Action::upsert;
}

}  // namespace studiosync::client
