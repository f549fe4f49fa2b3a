#include "e2e/history/member_json.hpp"

#include "core/protocol/wire.hpp"

namespace studiosync::e2e {
namespace {

constexpr std::string_view put = "put";
constexpr std::string_view remove = "delete";

std::optional<Action> parse_action(std::string_view name) {
  if (name == put) return Action::upsert;
  if (name == remove) return Action::remove;
  return std::nullopt;
}

}  // namespace

std::string_view action_name(Action action) noexcept {
  return action == Action::upsert ? put : remove;
}

Action read_action(const ObjectReader& in) {
  return in.parsed("action", parse_action, "put or delete");
}

void write_content(std::string_view key, const std::string& content, Json& json) {
  if (!content.empty()) json.set(std::string(key), Json::raw(content));
}

std::string read_content(const ObjectReader& in, std::string_view key) {
  return in.has(key) ? in.canonical_object(key) : std::string();
}

Json names_json(const std::vector<std::string>& names) {
  Json list = Json::array();
  for (const std::string& name : names) list.push_back(name);
  return list;
}

std::vector<std::string> read_names(const ObjectReader& in, std::string_view key) {
  std::vector<std::string> names;
  if (!in.has(key)) return names;
  const Json::Array* items = in.array(key);
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    const Json& item = (*items)[i];
    if (item.is_string()) {
      names.push_back(item.as_string());
    } else {
      in.fail_at(key, i, "must be text");
    }
  }
  return names;
}

ChangeId read_change(const ObjectReader& in, std::string_view key) {
  return in.parsed_if(key, parse_uuid<ChangeId>, "a UUID").value_or(ChangeId{});
}

ReplicaId read_replica(const ObjectReader& in) {
  return in.parsed("replica", parse_uuid<ReplicaId>, "a UUID");
}

Json frozen_json(const FrozenChange& change) {
  Json json = Json::object();
  json.set("seq", change.seq.value).set("change", to_string(change.change));
  json.set("type", to_string(change.type)).set("id", change.id);
  json.set("action", action_name(change.action)).set("base", rev_json(change.base));
  write_if("reason", change.reason, json);
  json.set("changed", names_json(change.changed)).set("hlc", to_string(change.stamp));
  if (change.confirmed) json.set("confirmed", true);
  write_content("content", change.content, json);
  return json;
}

FrozenChange read_frozen(const ObjectReader& in) {
  return {.seq = {in.number("seq")},
          .change = read_change(in, "change"),
          .type = read_type(in, "type"),
          .id = in.text("id"),
          .action = read_action(in),
          .reason = in.text_or_empty("reason"),
          .base = read_rev(in, "base"),
          .changed = read_names(in, "changed"),
          .stamp = in.parsed("hlc", parse_stamp, "16 hex digits"),
          .content = read_content(in, "content"),
          .confirmed = in.flag("confirmed")};
}

}  // namespace studiosync::e2e
