#include "core/protocol/codec.hpp"
#include "e2e/demo/stage.hpp"

namespace studiosync::demo {
namespace {

// The records that both devices edit while they are offline.
struct Contested {
  std::string query;      // the same field of a saved query
  std::string same;       // the same field of a connection
  std::string different;  // different fields of a connection
  std::string deleted;    // deleted on the laptop, edited on the desktop
};

std::string text_of(const Json& data, std::string_view key) {
  const Json* value = data.find(key);
  return value != nullptr && value->is_string() ? value->as_string() : std::string();
}

Result<> choose_policy(Stage& stage) {
  client::HttpClient http(stage.server.url());
  Json body = Json::object();
  body.set("policies", Json::object().set("saved_query", "user_choice"));
  SS_TRY(http.request("PUT", "/api/sync/policies", &body, stage.laptop->login().access_token));
  stage.story.say("policy: conflicts of saved queries are decided by the user");
  return {};
}

Contested pick(Stage& stage) {
  const auto queries = stage.laptop->all(EntityType::saved_query);
  const auto connections = stage.laptop->all(EntityType::connection);
  return {queries.at(0).id, connections.at(0).id, connections.at(1).id, connections.at(2).id};
}

Result<> edit_offline(Stage& stage, const Contested& ids) {
  DemoDevice& laptop = *stage.laptop;
  DemoDevice& desktop = *stage.desktop;
  laptop.host().go_offline();
  desktop.host().go_offline();
  stage.story.say("both devices are offline; each edits the same four records");
  SS_TRY(
      laptop.change(EntityType::saved_query, ids.query, {{"query", "SELECT 1 -- by the laptop"}}));
  SS_TRY(desktop.change(EntityType::saved_query, ids.query,
                        {{"query", "SELECT 2 -- by the desktop"}}));
  SS_TRY(laptop.change(EntityType::connection, ids.same, {{"host", "laptop.example.test"}}));
  SS_TRY(desktop.change(EntityType::connection, ids.same, {{"host", "desktop.example.test"}}));
  SS_TRY(laptop.change(EntityType::connection, ids.different, {{"color", "#112233"}}));
  SS_TRY(desktop.change(EntityType::connection, ids.different, {{"port", 6543}}));
  SS_TRY(laptop.host().remove(EntityType::connection, ids.deleted));
  SS_TRY(desktop.change(EntityType::connection, ids.deleted, {{"color", "#445566"}}));
  laptop.host().go_online();
  SS_TRY(laptop.host().wait_synced(patience));
  desktop.host().go_online();
  SS_TRY(desktop.host().wait_synced(patience));
  SS_TRY(laptop.host().wait_synced(patience));
  stage.story.say("both are back online");
  return {};
}

// Copies of a connection, by their name.
std::vector<std::string> conflicted_copies(DemoDevice& device) {
  std::vector<std::string> names;
  for (const DeviceRecord& record : device.all(EntityType::connection)) {
    const std::string name = text_of(parse_json(record.content).value_or(Json()), "name");
    if (name.find("(conflicted copy - ") != std::string::npos) names.push_back(name);
  }
  return names;
}

std::vector<ConflictView> conflicts_on(DemoDevice& device, bool open) {
  std::vector<ConflictView> views;
  for (const DeviceRecord& record : device.all(EntityType::conflict)) {
    auto view = conflict_from_content(record.id, record.content);
    if (view && view->resolved != open) views.push_back(std::move(*view));
  }
  return views;
}

void show_outcome(Stage& stage, const Contested& ids) {
  Story& story = stage.story;
  const Json merged = stage.laptop->data(EntityType::connection, ids.different);
  story.check(text_of(merged, "color") == "#112233" && merged.find("port")->as_int() == 6543,
              "different fields of one connection merged by themselves (color and port)");

  const auto copies = conflicted_copies(*stage.laptop);
  const Json kept = stage.laptop->data(EntityType::connection, ids.same);
  for (const std::string& name : copies) story.say("copy: " + name);
  story.check(
      copies.size() == 1 && text_of(kept, "host") == "laptop.example.test",
      "the same field of one connection: the first edit stays, the other is in one named copy");

  const Json survivor = stage.laptop->data(EntityType::connection, ids.deleted);
  story.check(text_of(survivor, "color") == "#445566",
              "delete against edit: the edit survived, on the laptop too");

  const auto open = conflicts_on(*stage.desktop, true);
  for (const ConflictView& view : open) {
    story.say("open conflict " + view.conflict.id + " on saved query " + view.conflict.item_id);
    story.say("  local  " +
              shortened(text_of(*parse_json(view.conflict.local.content), "query"), 60));
    story.say("  remote " +
              shortened(text_of(*parse_json(view.conflict.remote.content), "query"), 60));
  }
  story.check(open.size() == 1,
              "the same field of one saved query: one conflict waits for the user");
}

Result<> decide(Stage& stage, const Contested& ids) {
  const auto open = conflicts_on(*stage.desktop, true);
  if (open.empty()) return fail(ErrorCode::not_found, "no conflict to resolve");
  client::HttpClient http(stage.server.url());
  Json body = Json::object();
  body.set("strategy", "user_choice").set("chosen_version", "local");
  body.set("device_id", stage.desktop->login().device_id);
  const std::string path = "/api/sync/conflicts/" + open[0].conflict.id + "/resolve";
  SS_TRY(http.request("POST", path, &body, stage.desktop->login().access_token));
  SS_TRY(stage.desktop->host().wait_synced(patience));
  SS_TRY(stage.laptop->host().wait_synced(patience));
  const std::string expected = "SELECT 2 -- by the desktop";
  const bool both =
      text_of(stage.laptop->data(EntityType::saved_query, ids.query), "query") == expected &&
      text_of(stage.desktop->data(EntityType::saved_query, ids.query), "query") == expected;
  stage.story.check(both, "resolved for the desktop's text; both devices show it");
  stage.story.check(conflicts_on(*stage.laptop, true).empty(), "no conflict is open any more");
  return {};
}

}  // namespace

Result<> act_conflicts(Stage& stage) {
  stage.story.act("Both offline, the same records edited, back online");
  SS_TRY(choose_policy(stage));
  const Contested ids = pick(stage);
  SS_TRY(edit_offline(stage, ids));
  show_outcome(stage, ids);
  SS_TRY(decide(stage, ids));
  return show_equality(stage);
}

}  // namespace studiosync::demo
