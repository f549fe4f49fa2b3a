#include "server/api/upload_view.hpp"

#include "core/protocol/codec.hpp"

namespace studiosync::server {
namespace {

// A repeated change tells again what became of it the first time.
Status first_status(const ChangeResult& result) {
  return result.first_status.value_or(result.status);
}

Json conflict_json(const ChangeResult& result) {
  Json json = Json::object();
  json.set("id", result.change_id);
  json.set("item_type", result.item_type);
  json.set("item_id", result.item_id);
  json.set("conflict_id", result.conflict_id);
  json.set("strategy", result.strategy ? Json(to_string(*result.strategy)) : Json());
  json.set("copy_id", result.copy_id.empty() ? Json() : Json(result.copy_id));
  return json;
}

std::string summary(std::size_t results, std::size_t conflicts, std::size_t rejected) {
  return std::to_string(results) + (results == 1 ? " change, " : " changes, ") +
         std::to_string(conflicts) + (conflicts == 1 ? " conflict, " : " conflicts, ") +
         std::to_string(rejected) + " rejected";
}

}  // namespace

Json upload_view(const Applied& applied, WallTime now) {
  Json results = Json::array();
  Json conflicts = Json::array();
  Json rejected = Json::array();
  for (const ChangeResult& result : applied.results) {
    results.push_back(to_json(result));
    if (first_status(result) == Status::conflict) conflicts.push_back(conflict_json(result));
    if (first_status(result) == Status::rejected) rejected.push_back(results.items().back());
  }
  const std::string message =
      summary(applied.results.size(), conflicts.items().size(), rejected.items().size());
  Json view = Json::object();
  view.set("success", rejected.items().empty());
  view.set("synced_at", to_rfc3339(now));
  view.set("results", std::move(results));
  view.set("conflicts", std::move(conflicts));
  view.set("rejected", std::move(rejected));
  view.set("message", message);
  return view;
}

}  // namespace studiosync::server
