#include "client/cli/record_view.hpp"

#include "core/schema/registry.hpp"

namespace studiosync::client {

Json record_view(const DeviceRecord& record) {
  Json view = Json::object();
  view.set("type", to_string(record.type)).set("id", record.id);
  view.set("sync_version", record.shadow ? record.shadow->rev.version.value : std::uint64_t{0});
  view.set("state", record_state(record));
  Json redacted = Json::array();
  for (const std::string& field : record.redacted) redacted.push_back(field);
  view.set("redacted", std::move(redacted));
  view.set("data", parse_json(record.content).value_or(Json()));
  return view;
}

std::string record_state(const DeviceRecord& record) {
  if (record.local_only) return "local";
  if (record.edit) return "pending";
  if (record.in_flight) return "sending";
  // A clean record that the server does not have was refused; `rejected list` says why.
  return record.shadow && !record.shadow->deleted ? "synced" : "rejected";
}

std::string record_version(const DeviceRecord& record) {
  return record.shadow ? std::to_string(record.shadow->rev.version.value) : "-";
}

std::string record_title(const DeviceRecord& record) {
  const Fields fields = Fields::from_content(record.content);
  for (const char* name : {"name", "title", "key", "query", "content", "item_id"}) {
    const std::string* value = fields.find(name);
    if (value == nullptr) continue;
    const auto text = parse_json(*value);
    if (text && text->is_string()) return text->as_string();
  }
  return {};
}

}  // namespace studiosync::client
