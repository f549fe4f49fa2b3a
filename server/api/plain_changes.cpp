#include "server/api/plain_changes.hpp"

#include "core/base/limits.hpp"
#include "core/protocol/object_reader.hpp"
#include "core/sync/admission.hpp"

namespace studiosync::server {
namespace {

// Both names mean "store this": whether it creates or updates follows from the base version.
std::optional<Action> parse_action(std::string_view name) {
  if (name == "delete") return Action::remove;
  if (name == "create" || name == "update") return Action::upsert;
  return std::nullopt;
}

// Only a user's own decision; the server's reasons are not for clients to give.
std::optional<std::string> parse_reason(std::string_view name) {
  return name == "private" ? std::optional<std::string>(name) : std::nullopt;
}

std::vector<std::string> read_names(const ObjectReader& in, std::string_view key) {
  std::vector<std::string> names;
  const Json::Array* items = in.array(key);
  if (items != nullptr && items->size() > limits::fields_max) {
    in.fail(key, "must not have more than " + std::to_string(limits::fields_max) + " names");
    return names;
  }
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    if ((*items)[i].is_string()) {
      names.push_back((*items)[i].as_string());
    } else {
      in.fail_at(key, i, "must be a text");
    }
  }
  return names;
}

// Without a time an edit counts as older than every other: it never wins by time. The server's own
// "now" would make a retry another payload.
Stamp read_stamp(const ObjectReader& in) {
  const auto edited = in.parsed_if("updated_at", parse_rfc3339, "an RFC 3339 time");
  return edited ? Stamp::at(WallTime{edited->unix_us / 1000}) : Stamp{};
}

void read_members(const ObjectReader& in, PlainChange& change) {
  change.id = in.text_or_empty("id", limits::id_bytes_max);
  change.type_text = in.text("item_type", limits::id_bytes_max);
  if (const auto type = parse_entity_type(change.type_text)) change.type = *type;
  change.item_id = in.text("item_id");
  change.action = in.parsed("action", parse_action, "create, update or delete");
  change.base = Version{in.number_or("sync_version", 0)};
  change.stamp = read_stamp(in);
  if (change.action == Action::remove) {
    change.reason = in.parsed_if("reason", parse_reason, "private").value_or("");
    return;
  }
  if (in.has("changed_fields")) change.changed_fields = read_names(in, "changed_fields");
  const Json* data = in.find("data");
  if (data == nullptr || !data->is_object()) in.fail("data", "must be an object");
}

PlainChange read_change(Json& item, std::size_t index) {
  PlainChange change;
  const std::string path = "$.changes[" + std::to_string(index) + "]";
  read_members(ObjectReader(item, path, change.invalid), change);
  if (!change.invalid && change.action == Action::upsert)
    change.data = std::move(*item.find("data"));
  return change;
}

Result<> check_count(const Json::Array& changes) {
  if (changes.empty()) return fail(ErrorCode::validation_error, "no changes", "$.changes");
  if (changes.size() <= limits::batch_changes_max) return {};
  return fail(ErrorCode::validation_error,
              "at most " + std::to_string(limits::batch_changes_max) + " changes in one upload",
              "$.changes");
}

}  // namespace

Result<Upload> read_upload(Json& body) {
  std::optional<Error> error;
  const ObjectReader in(body, "$", error);
  Upload upload{.device = {in.text("device_id")},
                .device_name = in.text_or_empty("device_name", limits::name_bytes_max),
                .changes = {}};
  const Json::Array* items = in.array("changes");
  if (error) return Unexpected(std::move(*error));
  SS_TRY(admit_id(upload.device.value, "$.device_id"));
  SS_TRY(check_count(*items));
  Json::Array& changes = body.find("changes")->items();
  for (std::size_t i = 0; i < changes.size(); ++i) {
    upload.changes.push_back(read_change(changes[i], i));
  }
  return upload;
}

}  // namespace studiosync::server
