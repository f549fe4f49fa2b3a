// A conflict as people see it, and as the content of its synced record, which also keeps origins.
#include "core/protocol/codec.hpp"
#include "core/protocol/frames.hpp"
#include "core/protocol/wire.hpp"

namespace studiosync {
namespace {

enum class Detail : std::uint8_t { for_people, complete };

Json side_json(const Side& side, CommitTime updated_at, Detail detail) {
  Json json = Json::object();
  json.set("data", content_json(side.content));
  json.set("sync_version", side.version.value);
  json.set("updated_at", to_rfc3339(updated_at));
  json.set("device_id", side.device.value);
  if (side.deleted) json.set("deleted", true);
  if (detail == Detail::complete) {
    write_origin(side.origin, json);
    write_if("device_name", side.device_name, json);
  }
  return json;
}

Side read_side(const ObjectReader& in) {
  Side side{.deleted = in.flag("deleted"),
            .content = {},
            .version = {in.number("sync_version")},
            .origin = {},
            .device = {in.text("device_id")},
            .device_name = in.text_or_empty("device_name")};
  if (!side.deleted) side.content = in.canonical_object("data");
  if (in.has("hlc")) side.origin = read_origin(in);
  return side;
}

// Adds everything but the id, which a conflict's record has outside its content.
void write_view(const ConflictView& view, Detail detail, Json& json) {
  const ConflictCase& conflict = view.conflict;
  json.set("item_type", to_string(conflict.type));
  json.set("item_id", conflict.item_id);
  json.set("local_version", side_json(conflict.local, view.local_updated_at, detail));
  json.set("remote_version", side_json(conflict.remote, view.remote_updated_at, detail));
  json.set("strategy", to_string(conflict.strategy));
  json.set("status", view.resolved ? "resolved" : "open");
  json.set("detected_at", to_rfc3339(view.detected_at));
  if (view.resolved_at) json.set("resolved_at", to_rfc3339(*view.resolved_at));
  if (detail == Detail::complete && view.choice) json.set("choice", to_string(*view.choice));
}

// Whether a conflict with this status is resolved.
std::optional<bool> parse_conflict_status(std::string_view name) {
  if (name == "resolved") return true;
  if (name == "open") return false;
  return std::nullopt;
}

ConflictView read_view(const ObjectReader& in, std::string id) {
  const ObjectReader local = in.object("local_version");
  const ObjectReader remote = in.object("remote_version");
  ConflictView view;
  view.resolved = in.parsed("status", parse_conflict_status, "open or resolved");
  view.conflict = {.id = std::move(id),
                   .type = read_type(in, "item_type"),
                   .item_id = in.text("item_id"),
                   .local = read_side(local),
                   .remote = read_side(remote),
                   .strategy = read_strategy(in, "strategy"),
                   .open = !view.resolved};
  view.choice = in.parsed_if("choice", parse_choice, "a choice");
  view.detected_at = read_commit_time(in, "detected_at");
  view.local_updated_at = read_commit_time(local, "updated_at");
  view.remote_updated_at = read_commit_time(remote, "updated_at");
  if (in.has("resolved_at")) view.resolved_at = read_commit_time(in, "resolved_at");
  return view;
}

}  // namespace

Json to_json(const ConflictView& conflict) {
  Json json = Json::object().set("id", conflict.conflict.id);
  write_view(conflict, Detail::for_people, json);
  return json;
}

ConflictView read_conflict(const ObjectReader& in) {
  return read_view(in, in.text("id"));
}

Fields conflict_content(const ConflictView& view) {
  Json json = Json::object();
  write_view(view, Detail::complete, json);
  return Fields::from_json(json);
}

Result<ConflictView> conflict_from_content(std::string_view id, std::string_view content) {
  SS_ASSIGN(const Json json, parse_json(content));
  std::optional<Error> error;
  ConflictView view = read_view(ObjectReader(json, "$", error), std::string(id));
  if (error) return Unexpected(std::move(*error));
  return view;
}

}  // namespace studiosync
