#include "client/cli/exit_code.hpp"
#include "client/cli/next_step.hpp"
#include "client/cli/verbs.hpp"
#include "core/sync/admission.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::client {
namespace {

struct Picture {
  std::optional<Login> login;
  DeviceMeta meta;
  QueueCounts counts;
  std::size_t conflicts = 0;
  std::size_t held = 0;                   // of the rejected ones
  std::size_t redacted = 0;               // records with text that the cloud has redacted
  std::size_t originals = 0;              // put aside
  std::optional<SyncingProcess> process;  // syncs this folder now
};

std::string login_state(const Picture& picture) {
  if (!picture.login) return "not_set_up";
  return picture.login->access_token.empty() ? "logged_out" : "logged_in";
}

std::string recovery_text(Recovery recovery) {
  switch (recovery) {
    case Recovery::none:
      break;
    case Recovery::reconcile:
      return "the server was restored: syncctl sync gives back what it lost";
    case Recovery::resync:
      return "too much was missed to read on: syncctl sync reads everything anew";
    case Recovery::asks:
      return "the server lacks most records of a type, which were set aside here: syncctl sync "
             "--confirm-sweep removes them";
    case Recovery::confirmed:
      return "confirmed: syncctl sync removes what the server lacks";
  }
  return {};
}

// Why the process that syncs this folder cannot do so now; empty where it can.
std::string hindrance(const Picture& picture) {
  if (!picture.process || !picture.process->error) return {};
  const Error& error = *picture.process->error;
  if (!picture.process->halted()) return "the server does not answer: " + error.message;
  return "halted; next: " + std::string(next_step(error.code)) + ": " + error.message;
}

std::string queue_text(const Picture& picture) {
  const bool unsent = picture.counts.pending + picture.counts.frozen > 0;
  const std::string hindered = hindrance(picture);
  if (!hindered.empty()) return (unsent ? "edits wait: " : "everything sent; ") + hindered;
  if (!unsent) return picture.process ? "live, everything sent" : "everything sent";
  return picture.process ? "sending" : "edits wait: run syncctl sync or syncctl watch";
}

// "Nothing to do" and "stuck" must not look the same.
std::string summary(const Picture& picture) {
  if (!picture.login) return "local only: not set up";
  if (picture.login->access_token.empty()) return "logged out: edits wait for syncctl login";
  if (picture.meta.recovery != Recovery::none) return recovery_text(picture.meta.recovery);
  if (picture.conflicts > 0) return "conflicts need a decision: syncctl conflicts list";
  if (picture.held > 0)
    return "deletes are held: syncctl rejected list; rejected retry --held confirms them";
  if (picture.counts.rejected > 0) return "the server refused changes: syncctl rejected list";
  return queue_text(picture);
}

// An older file may have a login in the address.
std::string server_of(const Picture& picture) {
  return without_credentials(picture.login->server);
}

Json json_of(const Picture& picture) {
  Json json = Json::object();
  json.set("login", login_state(picture)).set("syncing", picture.process.has_value());
  if (picture.process) json.set("link", to_string(picture.process->state));
  json.set("pending", picture.counts.pending).set("in_flight", picture.counts.frozen);
  json.set("recovery", to_string(picture.meta.recovery)).set("held", picture.held);
  json.set("rejected", picture.counts.rejected).set("open_conflicts", picture.conflicts);
  json.set("redacted", picture.redacted).set("originals", picture.originals);
  if (picture.login) json.set("server", server_of(picture)).set("email", picture.login->email);
  json.set("device_id", picture.meta.device.value).set("device_name", picture.meta.device_name);
  json.set("replica_id", to_string(picture.meta.replica))
      .set("cursor", to_string(picture.meta.cursor));
  if (picture.meta.last_sync.unix_ms > 0) json.set("last_sync", to_rfc3339(picture.meta.last_sync));
  json.set("summary", summary(picture));
  return json;
}

std::string redacted_text(std::size_t records) {
  if (records == 0) return "0";
  return std::to_string(records) + (records == 1 ? " record keeps" : " records keep") +
         " text here that is redacted in the cloud";
}

std::string originals_text(std::size_t count) {
  return count == 0 ? "0" : std::to_string(count) + " put aside: syncctl originals list";
}

std::string text_of(const Picture& picture) {
  const auto number = [](std::size_t n) { return std::to_string(n); };
  std::vector<std::vector<std::string>> rows{
      {"status", summary(picture)},
      {"server", picture.login ? server_of(picture) : "-"},
      {"account", picture.login ? picture.login->email : "-"},
      {"device", picture.meta.device_name + " (" + picture.meta.device.value + ")"},
      {"unsent", number(picture.counts.pending + picture.counts.frozen)},
      {"rejected", number(picture.counts.rejected)},
      {"held", number(picture.held)},
      {"conflicts", number(picture.conflicts)},
      {"redacted", redacted_text(picture.redacted)},
      {"originals", originals_text(picture.originals)},
      {"last sync",
       picture.meta.last_sync.unix_ms > 0 ? to_rfc3339(picture.meta.last_sync) : "never"}};
  return table(rows);
}

}  // namespace

Result<int> run_status(const Cli& cli) {
  Picture picture;
  SS_ASSIGN(picture.login, current_login(cli));
  SS_ASSIGN(auto store, open_device(cli));
  picture.meta = store->meta();
  picture.counts = store->counts();
  picture.conflicts = open_conflicts(*store);
  for (const RejectedChange& rejected : store->rejected()) {
    if (rejected.error.code == ErrorCode::mass_delete_held) ++picture.held;
  }
  picture.redacted = store->redacted_records();
  picture.originals = store->originals().size();
  SS_TRY(store->take_error());
  picture.process = syncing_process(cli.folder);
  cli.out.result(json_of(picture), text_of(picture));
  return picture.login ? exit_fine : exit_not_set_up;
}

Result<int> run_queue(const Cli& cli) {
  SS_ASSIGN(auto store, open_device(cli));
  std::vector<std::vector<std::string>> rows{{"STATE", "TYPE", "ID", "ACTION", "SINCE"}};
  const auto add = [&](const char* state, EntityType type, const std::string& id, Action action,
                       WallTime since) {
    const char* verb = action == Action::remove ? "delete" : "put";
    Json row = Json::object();
    row.set("state", state).set("type", to_string(type)).set("id", id).set("action", verb);
    row.set("since", to_rfc3339(since));
    if (cli.out.json()) cli.out.line(row.dump());
    rows.push_back({state, std::string(to_string(type)), id, verb, to_rfc3339(since)});
  };
  constexpr std::size_t all = 100'000;
  for (const FrozenChange& change : store->frozen({}, all)) {
    add("in_flight", change.type, change.id, change.action, change.stamp.wall());
  }
  for (const RecordKey& key : store->pending(all)) {
    const auto record = store->find(key.type, key.id);
    if (record && record->edit) {
      add("pending", key.type, key.id, record->edit->action, record->edit->queued);
    }
  }
  SS_TRY(store->take_error());
  if (!cli.out.json()) cli.out.line(rows.size() == 1 ? "the queue is empty" : table(rows));
  return exit_fine;
}

}  // namespace studiosync::client
