#include "client/cli/exit_code.hpp"
#include "client/cli/input.hpp"
#include "client/cli/verbs.hpp"
#include "core/base/limits.hpp"
#include "core/protocol/codec.hpp"
#include "core/sanitizer/validator/check_clean.hpp"
#include "core/schema/registry.hpp"
#include "core/sync/originals.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::client {
namespace {

// Conflicts are records: the device has them, also offline.
std::vector<ConflictView> conflicts_in(SqliteDeviceStore& store, bool all) {
  std::vector<ConflictView> views;
  std::string after;
  for (auto page = store.list(EntityType::conflict, after, 500); !page.empty();
       page = store.list(EntityType::conflict, after, 500)) {
    after = page.back().id;
    for (const DeviceRecord& record : page) {
      auto view = conflict_from_content(record.id, record.content);
      if (view && (all || !view->resolved)) views.push_back(std::move(*view));
    }
  }
  return views;
}

std::string pretty_side(const Side& side) {
  if (side.deleted) return "(deleted)";
  return parse_json(side.content).value_or(Json()).pretty();
}

// Only the fields in which the two sides differ.
std::string differences(const ConflictCase& conflict) {
  if (conflict.local.deleted || conflict.remote.deleted) {
    return "this side:  " + pretty_side(conflict.local) +
           "\nthe server: " + pretty_side(conflict.remote);
  }
  const Fields local = Fields::from_content(conflict.local.content);
  const Fields remote = Fields::from_content(conflict.remote.content);
  std::vector<std::vector<std::string>> rows{
      {"FIELD", "LOCAL (the losing device)", "REMOTE (the server)"}};
  const auto value = [](const Fields& fields, const std::string& key) {
    const std::string* text = fields.find(key);
    return text == nullptr ? std::string("-") : *text;
  };
  for (const auto& [key, text] : local) {
    if (value(remote, key) != text) rows.push_back({key, text, value(remote, key)});
  }
  for (const auto& [key, text] : remote) {
    if (local.find(key) == nullptr) rows.push_back({key, "-", text});
  }
  return table(rows);
}

std::optional<ConflictView> find_conflict(SqliteDeviceStore& store, const std::string& id) {
  const auto record = store.find(EntityType::conflict, id);
  if (!record) return std::nullopt;
  auto view = conflict_from_content(id, record->content);
  return view ? std::optional(std::move(*view)) : std::nullopt;
}

// What a person typed into a merged version stays here: the server gets it as the outbox would send
// it.
Result<std::string> merged_text(const ResolveOptions& options) {
  SS_ASSIGN(const std::string text, read_input(options.merged_file, limits::record_bytes_max + 1));
  SS_ASSIGN(const Json data, parse_json(text));
  if (data.is_object()) return data.canonical();
  return fail(ErrorCode::validation_error, "a record is an object", "$");
}

Result<Json> redacted(EntityType type, const std::string& content) {
  const std::string sent = outgoing(type, content).content();
  SS_TRY(check_clean(sent));
  return Json::raw(sent);
}

Result<> keep_merged(SqliteDeviceStore& store, const ConflictCase& conflict,
                     const std::string& content) {
  SS_TRY(store.begin());
  put_aside(store, {conflict.type, conflict.item_id}, content, os::wall_now());
  return store.commit();
}

Json choice(const ResolveOptions& options) {
  Json body = Json::object();
  if (options.choose == "keep_both") return body.set("strategy", "keep_both");
  return body.set("strategy", "user_choice").set("chosen_version", options.choose);
}

Result<HttpReply> send_decision(const Cli& cli, const SetUp& ready, const std::string& id,
                                const std::optional<ConflictView>& view, Json body) {
  body.set("device_id", ready.login.device_id);
  // What the person looked at: where the record has moved since, they are shown it first.
  if (view) body.set("remote_version", view->conflict.remote.version.value);
  return ask_server(cli, "POST", "/api/sync/conflicts/" + id + "/resolve", &body);
}

Result<HttpReply> send_merged(const Cli& cli, const SetUp& ready, const ResolveOptions& options,
                              const std::optional<ConflictView>& view) {
  if (!view) return fail(ErrorCode::not_found, "no conflict with id " + options.id + " is here");
  SS_ASSIGN(const std::string content, merged_text(options));
  SS_ASSIGN(Json data, redacted(view->conflict.type, content));
  Json body = Json::object().set("strategy", "user_choice").set("merged_data", std::move(data));
  // Before the server knows it: its row may come at once, to a process that runs beside this one.
  SS_TRY(keep_merged(*ready.store, view->conflict, content));
  return send_decision(cli, ready, options.id, view, std::move(body));
}

}  // namespace

Result<int> run_conflicts_list(const Cli& cli, bool all) {
  SS_ASSIGN(auto ready, set_up(cli));
  if (!ready) return exit_not_set_up;
  const auto views = conflicts_in(*ready->store, all);
  SS_TRY(ready->store->take_error());
  std::vector<std::vector<std::string>> rows{
      {"ID", "TYPE", "RECORD", "STATUS", "STRATEGY", "DETECTED"}};
  std::size_t open = 0;
  for (const ConflictView& view : views) {
    open += view.resolved ? 0U : 1U;
    if (cli.out.json()) cli.out.line(to_json(view).dump());
    rows.push_back({view.conflict.id, std::string(to_string(view.conflict.type)),
                    view.conflict.item_id, view.resolved ? "resolved" : "open",
                    std::string(to_string(view.conflict.strategy)), to_rfc3339(view.detected_at)});
  }
  if (!cli.out.json()) cli.out.line(views.empty() ? "no conflicts" : table(rows));
  return open > 0 ? exit_conflicts : exit_fine;
}

Result<int> run_conflicts_show(const Cli& cli, const std::string& id) {
  SS_ASSIGN(auto ready, set_up(cli));
  if (!ready) return exit_not_set_up;
  const auto record = ready->store->find(EntityType::conflict, id);
  SS_TRY(ready->store->take_error());
  if (!record) return fail(ErrorCode::not_found, "no conflict with id " + id);
  SS_ASSIGN(const ConflictView view, conflict_from_content(id, record->content));
  std::string text = std::string(to_string(view.conflict.type)) + " " + view.conflict.item_id +
                     ", " + (view.resolved ? "resolved" : "open") + "\n" +
                     differences(view.conflict);
  if (!view.resolved) {
    text += "\nDecide: syncctl conflicts resolve " + id + " --choose local|remote";
    if (spec_of(view.conflict.type).copies_allowed) text += "|keep_both";
  }
  cli.out.result(to_json(view), text);
  return exit_fine;
}

Result<int> run_conflicts_resolve(const Cli& cli, const ResolveOptions& options) {
  SS_ASSIGN(auto ready, set_up(cli));
  if (!ready) return exit_not_set_up;
  const auto view = find_conflict(*ready->store, options.id);
  SS_TRY(ready->store->take_error());
  SS_ASSIGN(const HttpReply reply,
            options.merged_file.empty()
                ? send_decision(cli, *ready, options.id, view, choice(options))
                : send_merged(cli, *ready, options, view));
  cli.out.result(reply.body, "resolved; the next sync brings the result");
  return exit_fine;
}

}  // namespace studiosync::client
