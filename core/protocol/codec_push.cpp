// push → pushed: a replica's changes in their frozen order, and what became of each.
#include "core/base/limits.hpp"
#include "core/base/object_text.hpp"
#include "core/protocol/codec.hpp"
#include "core/protocol/frames.hpp"
#include "core/protocol/wire.hpp"

namespace studiosync {
namespace {

constexpr std::size_t change_bytes = 1024;  // about, of most

std::string_view action_name(const PushChange& change) {
  if (change.action == Action::remove) return "delete";
  return change.base.version ? "update" : "create";
}

// Whether a change creates or updates follows from its base; both names mean "store this".
std::optional<Action> parse_action(std::string_view name) {
  if (name == "delete") return Action::remove;
  if (name == "create" || name == "update") return Action::upsert;
  return std::nullopt;
}

// `private` is a user's decision; `expired` is the server's alone.
void read_reason(const ObjectReader& in, PushChange& change) {
  change.reason = in.text_or_empty("reason", limits::name_bytes_max);
  const bool known = change.reason.empty() || change.reason == "private";
  if (!known) in.fail("reason", "must be private");
}

Json texts_json(const std::vector<std::string>& texts) {
  Json list = Json::array();
  for (const std::string& text : texts) list.push_back(text);
  return list;
}

std::vector<std::string> read_texts(const ObjectReader& in, std::string_view key) {
  std::vector<std::string> texts;
  const Json::Array* items = in.array(key);
  if (items != nullptr && items->size() > limits::fields_max) {
    in.fail(key, "must not have more than " + std::to_string(limits::fields_max) + " names");
    return texts;
  }
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    if ((*items)[i].is_string()) {
      texts.push_back((*items)[i].as_string());
    } else {
      in.fail_at(key, i, "must be a text");
    }
  }
  return texts;
}

// In the order of the keys: whoever reads them need not sort them.
Json change_json(const PushChange& change) {
  ObjectText json(change_bytes);
  json.set("action", action_name(change));
  json.set("base_rev", rev_json(change.base));
  json.set("change_id", to_string(change.change));
  if (change.changed_fields) json.set("changed_fields", texts_json(*change.changed_fields));
  if (change.confirm_mass_delete) json.set("confirm_mass_delete", true);
  if (change.action == Action::upsert) json.set("data", change.data);
  json.set("device_seq", change.device_seq.value);
  json.set("hlc", to_string(change.stamp));
  json.set("item_id", change.item_id);
  json.set("item_type",
           change.type_text.empty() ? to_string(change.type) : std::string_view(change.type_text));
  write_if("reason", change.reason, json);
  return std::move(json).take();
}

EntityType read_pushed_type(const ObjectReader& in) {
  const EntityType type = read_type(in, "item_type");
  if (type == EntityType::conflict) in.fail("item_type", "is written by the server only");
  return type;
}

// Everything of a change that can be wrong without hurting its neighbours.
void read_content(const ObjectReader& in, PushChange& change) {
  change.type_text = in.text("item_type", limits::id_bytes_max);
  change.item_id = in.text("item_id");
  change.type = read_pushed_type(in);
  change.action = in.parsed("action", parse_action, "create, update or delete");
  change.stamp = in.parsed("hlc", parse_stamp, "16 hex digits");
  if (in.has("base_rev")) change.base = read_rev(in, "base_rev");
  if (in.has("changed_fields")) change.changed_fields = read_texts(in, "changed_fields");
  change.confirm_mass_delete = in.flag("confirm_mass_delete");
  read_reason(in, change);
  const Json* data = in.find("data");
  if (change.action == Action::upsert && (data == nullptr || !data->is_object())) {
    in.fail("data", "must be an object");
  }
}

PushChange read_change(const ObjectReader& in) {
  PushChange change;
  // Without its place in the stream a change cannot even be rejected: that fails the frame.
  change.change = in.parsed("change_id", parse_uuid<ChangeId>, "a UUID");
  change.device_seq = {in.number("device_seq")};
  if (change.change.nil()) in.fail("change_id", "must not be nil");
  if (!change.device_seq) in.fail("device_seq", "must be at least 1");
  read_content(in.reporting_to(change.invalid), change);
  return change;
}

}  // namespace

void write_members(const Push& push, Json& frame) {
  frame.set("now", to_rfc3339(push.now));
  if (push.cursor != Cursor{}) frame.set("cursor", to_string(push.cursor));
  Json changes = Json::array();
  for (const PushChange& change : push.changes) changes.push_back(change_json(change));
  frame.set("changes", std::move(changes));
}

Message read_push(const ObjectReader& in) {
  Push push{.now = read_time(in, "now"), .changes = {}, .cursor = {}};
  if (in.has("cursor")) push.cursor = read_cursor(in, "cursor");
  const Json::Array* changes = in.array("changes");
  if (changes != nullptr && changes->size() > limits::batch_changes_max) {
    in.fail("changes", "at most " + std::to_string(limits::batch_changes_max) + " in one push");
    return push;
  }
  if (changes != nullptr) push.changes.reserve(changes->size());
  in.each("changes", [&](const ObjectReader& item) { push.changes.push_back(read_change(item)); });
  return push;
}

void adopt_data(Push& push, Json& document) {
  Json::Array& items = document.find("changes")->items();
  for (std::size_t i = 0; i < items.size(); ++i) {
    PushChange& change = push.changes[i];
    if (change.invalid || change.action == Action::remove) continue;
    change.data = std::move(*items[i].find("data"));
  }
}

void write_members(const Pushed& pushed, Json& frame) {
  frame.set("from", to_string(pushed.from));
  frame.set("to", to_string(pushed.to));
  frame.set("results", results_json(pushed.results));
  frame.set("changes", records_json(pushed.changes));
}

Message read_pushed(const ObjectReader& in) {
  Pushed pushed{.from = read_cursor(in, "from"),
                .to = read_cursor(in, "to"),
                .results = {},
                .changes = read_records(in, "changes")};
  in.each("results",
          [&](const ObjectReader& item) { pushed.results.push_back(read_result(item)); });
  return pushed;
}

}  // namespace studiosync
