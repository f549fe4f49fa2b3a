#include "server/api/download_view.hpp"

#include "core/schema/registry.hpp"

namespace studiosync::server {
namespace {

// The record's fields as they are stored, spliced behind what the server knows about it.
Json record_json(const Record& record) {
  Json head = Json::object();
  head.set("id", record.id);
  head.set("sync_version", record.rev.version.value);
  head.set("updated_at", to_rfc3339(record.committed));
  std::string text = head.dump();
  if (record.content.size() > 2) {
    text.back() = ',';
    text.append(record.content, 1);
  }
  return Json::raw(std::move(text));
}

Json deleted_json(const Record& record) {
  Json json = Json::object();
  json.set("item_type", to_string(record.type));
  json.set("item_id", record.id);
  json.set("sync_version", record.rev.version.value);
  json.set("deleted_at", to_rfc3339(record.committed));
  return json;
}

}  // namespace

Json download_view(const Download& read) {
  const Changes& page = read.page;
  Json view = Json::object();
  for (const EntitySpec& spec : registry()) view.set(std::string(spec.plural), Json::array());
  Json deleted = Json::array();
  for (const Record& record : page.changes) {
    if (record.type == EntityType::conflict) continue;
    if (record.deleted) {
      deleted.push_back(deleted_json(record));
    } else {
      view.find(spec_of(record.type).plural)->push_back(record_json(record));
    }
  }
  view.set("deleted", std::move(deleted));
  view.set("sync_timestamp", to_rfc3339(read.until));
  view.set("next_cursor", to_string(read.next));
  view.set("has_more", page.has_more);
  return view;
}

}  // namespace studiosync::server
