#include <algorithm>

#include "client/cli/exit_code.hpp"
#include "client/cli/record_view.hpp"
#include "client/cli/sync_reason.hpp"
#include "client/cli/verbs.hpp"
#include "core/protocol/codec.hpp"
#include "os/file_lock.hpp"

namespace studiosync::client {
namespace {

// One step of the record's way, by the clock of where it happened.
struct Step {
  WallTime at;
  std::string where;
  std::string what;
  std::string detail;
};

void append(std::string& text, const std::string& part) {
  text += (text.empty() ? "" : ", ") + part;
}

Step step_of(const JournalEntry& entry) {
  Step step{entry.at, "device", std::string(to_string(entry.event)), entry.detail};
  if (entry.device_seq) append(step.detail, "change " + std::to_string(entry.device_seq.value));
  if (entry.rev.version) append(step.detail, "version " + std::to_string(entry.rev.version.value));
  if (entry.seq) append(step.detail, "seq " + std::to_string(entry.seq.value));
  return step;
}

// What the server is known to have done last.
Step server_step(const Record& shadow) {
  Step step{{shadow.committed.unix_us / 1000}, "server", "committed", {}};
  step.detail = shadow.deleted ? "delete" : "put";
  append(step.detail, "version " + std::to_string(shadow.rev.version.value));
  if (shadow.seq) append(step.detail, "seq " + std::to_string(shadow.seq.value));
  append(step.detail, "by " + shadow.device.value);
  return step;
}

std::vector<Step> timeline(SqliteDeviceStore& store, const DeviceRecord& record) {
  std::vector<Step> steps;
  for (const JournalEntry& entry : store.journal_of(record.type, record.id)) {
    steps.push_back(step_of(entry));
  }
  if (record.shadow && record.shadow->committed.unix_us > 0) {
    steps.push_back(server_step(*record.shadow));
  }
  std::ranges::stable_sort(steps, {}, &Step::at);
  return steps;
}

std::size_t changes_before(SqliteDeviceStore& store, const DeviceRecord& record) {
  constexpr std::size_t all = 100'000;
  const auto frozen = store.frozen({}, all);
  if (record.in_flight) {
    return static_cast<std::size_t>(std::ranges::count_if(
        frozen, [&](const FrozenChange& change) { return change.seq < *record.in_flight; }));
  }
  const auto pending = store.pending(all);
  const auto place = std::ranges::find(pending, RecordKey{record.type, record.id});
  return frozen.size() + static_cast<std::size_t>(place - pending.begin());
}

std::optional<RejectedChange> refusal_of(SqliteDeviceStore& store, const DeviceRecord& record) {
  std::optional<RejectedChange> newest;
  for (RejectedChange& rejected : store.rejected()) {
    const FrozenChange& change = rejected.change;
    if (change.type == record.type && change.id == record.id) newest = std::move(rejected);
  }
  return newest;
}

std::string open_conflict_of(SqliteDeviceStore& store, const DeviceRecord& record) {
  std::string after;
  for (auto page = store.list(EntityType::conflict, after, 500); !page.empty();
       page = store.list(EntityType::conflict, after, 500)) {
    after = page.back().id;
    for (const DeviceRecord& one : page) {
      const auto view = conflict_from_content(one.id, one.content);
      const bool ours = view && !view->resolved && view->conflict.type == record.type &&
                        view->conflict.item_id == record.id;
      if (ours) return one.id;
    }
  }
  return {};
}

bool reachable(const Login& login) {
  HttpClient http(login.server, login.ca_file, Millis{2'000});
  return http.request("GET", "/livez").has_value();
}

Result<Situation> situation_of(const Cli& cli, SqliteDeviceStore& store, DeviceRecord record) {
  SS_ASSIGN(const auto login, current_login(cli));
  Situation situation{.set_up = login.has_value()};
  const DeviceMeta meta = store.meta();
  situation.recovery = meta.recovery;
  situation.last_sync = meta.last_sync;
  situation.syncing = !os::FileLock::take(cli.folder + "/sync.lock").has_value();
  situation.rejected = refusal_of(store, record);
  situation.open_conflict = open_conflict_of(store, record);
  if (record.edit || record.in_flight) {
    situation.ahead = changes_before(store, record);
    situation.logged_in = login && !login->access_token.empty();
    situation.reachable = situation.logged_in && reachable(*login);
  }
  situation.record = std::move(record);
  return situation;
}

Json json_of(const DeviceRecord& record, const SyncReason& reason, const std::vector<Step>& steps) {
  Json list = Json::array();
  for (const Step& step : steps) {
    Json one = Json::object();
    one.set("at", to_rfc3339(step.at)).set("where", step.where).set("what", step.what);
    list.push_back(one.set("detail", step.detail));
  }
  Json json = Json::object();
  json.set("type", to_string(record.type)).set("id", record.id);
  json.set("state", record_state(record)).set("reason", reason.code).set("text", reason.text);
  return json.set("timeline", std::move(list));
}

std::string text_of(const SyncReason& reason, const std::vector<Step>& steps) {
  std::vector<std::vector<std::string>> rows{{"AT", "WHERE", "WHAT", "DETAIL"}};
  for (const Step& step : steps) {
    rows.push_back({to_rfc3339(step.at), step.where, step.what, step.detail});
  }
  return reason.code + ": " + reason.text + "\n\n" + table(rows);
}

}  // namespace

Result<int> run_why(const Cli& cli, const RecordOptions& options) {
  SS_ASSIGN(const EntityType type, entity_type_argument(options.type));
  SS_ASSIGN(auto store, open_device(cli));
  const auto found = store->find(type, options.id);
  const DeviceRecord record = found.value_or(DeviceRecord{.type = type, .id = options.id});
  const auto steps = timeline(*store, record);
  if (!found && steps.empty()) {
    return fail(ErrorCode::not_found, "this device knows nothing of " + options.id);
  }
  SS_ASSIGN(const Situation situation, situation_of(cli, *store, record));
  const SyncReason reason = sync_reason(situation);
  cli.out.result(json_of(record, reason, steps), text_of(reason, steps));
  return exit_fine;
}

}  // namespace studiosync::client
