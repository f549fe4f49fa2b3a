#include "client/cli/exit_code.hpp"
#include "client/cli/record_view.hpp"
#include "client/cli/situation.hpp"
#include "client/cli/timeline.hpp"
#include "client/cli/verbs.hpp"

namespace studiosync::client {
namespace {

struct Asked {
  DeviceSituation device;
  Json conflicts;  // null where the server did not answer
};

Result<Asked> ask(const Cli& cli, DeviceStore& store) {
  SS_ASSIGN(const auto login, current_login(cli));
  const DeviceMeta meta = store.meta();
  Asked asked{.device = {.set_up = login.has_value(),
                         .logged_in = login && !login->access_token.empty(),
                         .recovery = meta.recovery,
                         .last_sync = meta.last_sync}};
  const auto process = syncing_process(cli.folder);
  asked.device.syncing = process.has_value();
  // What this process hears from the server helps nobody while that one has halted. A sweep has a
  // reason of its own.
  if (process && process->halted() && meta.recovery == Recovery::none) {
    asked.device.server = process->error;
  }
  if (!asked.device.logged_in) return asked;
  auto conflicts = ask_in_passing(cli, *login, "/api/sync/conflicts?status=all");
  if (conflicts) {
    asked.conflicts = std::move(conflicts->body);
  } else if (conflicts.error().code != ErrorCode::rate_limited) {  // that is no edit's trouble
    asked.device.server = std::move(conflicts.error());
  }
  return asked;
}

Json json_of(const DeviceRecord& record, const SyncReason& reason) {
  Json json = Json::object();
  json.set("type", to_string(record.type)).set("id", record.id);
  json.set("state", record_state(record));
  return json.set("reason", reason.code).set("text", reason.text);
}

Json json_of(const std::vector<TimelineStep>& steps) {
  Json list = Json::array();
  for (const TimelineStep& step : steps) {
    Json one = Json::object();
    one.set("at", to_rfc3339(step.at)).set("where", step.where).set("what", step.what);
    list.push_back(one.set("detail", step.detail).set("reason", step.reason));
  }
  return list;
}

std::string text_of(const SyncReason& reason, const std::vector<TimelineStep>& steps) {
  std::vector<std::vector<std::string>> rows{{"AT", "WHERE", "WHAT", "DETAIL", "WHY"}};
  for (const TimelineStep& step : steps) {
    rows.push_back({to_rfc3339(step.at), step.where, step.what, step.detail, step.reason});
  }
  return reason.code + ": " + reason.text + "\n\n" + table(rows);
}

Result<int> tell_of_all(const Cli& cli, SqliteDeviceStore& store, const Asked& asked) {
  const auto unsynced = Situations(store, asked.device).unsynced();
  SS_TRY(store.take_error());
  std::vector<std::vector<std::string>> rows{{"TYPE", "ID", "REASON", "TEXT"}};
  for (const Situation& situation : unsynced) {
    const SyncReason reason = sync_reason(situation);
    if (cli.out.json()) cli.out.line(json_of(situation.record, reason).dump());
    rows.push_back({std::string(to_string(situation.record.type)), situation.record.id, reason.code,
                    reason.text});
  }
  if (!cli.out.json()) cli.out.line(unsynced.empty() ? "everything is in sync" : table(rows));
  return exit_fine;
}

Result<int> tell_of(const Cli& cli, SqliteDeviceStore& store, const Asked& asked,
                    const RecordKey& key) {
  const auto found = store.find(key.type, key.id);
  const DeviceRecord record = found.value_or(DeviceRecord{.type = key.type, .id = key.id});
  const auto steps = timeline_of(store, record, asked.conflicts);
  const SyncReason reason = sync_reason(Situations(store, asked.device).of(record));
  SS_TRY(store.take_error());
  if (!found && steps.empty()) {
    return fail(ErrorCode::not_found, "this device knows nothing of " + key.id);
  }
  cli.out.result(json_of(record, reason).set("timeline", json_of(steps)), text_of(reason, steps));
  return exit_fine;
}

}  // namespace

Result<int> run_why(const Cli& cli, const RecordOptions& options) {
  RecordKey key{.id = options.id};
  if (!options.type.empty()) {
    SS_ASSIGN(key.type, entity_type_argument(options.type));
  }
  SS_ASSIGN(auto store, open_device(cli));
  SS_ASSIGN(const Asked asked, ask(cli, *store));
  return options.type.empty() ? tell_of_all(cli, *store, asked) : tell_of(cli, *store, asked, key);
}

}  // namespace studiosync::client
