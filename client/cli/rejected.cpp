#include "client/cli/exit_code.hpp"
#include "client/cli/verbs.hpp"
#include "core/sync/originals.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::client {
namespace {

Result<RejectedChange> find_rejected(SqliteDeviceStore& store, const std::string& change_id) {
  for (RejectedChange& rejected : store.rejected()) {
    if (to_string(rejected.change.change) == change_id) return std::move(rejected);
  }
  return fail(ErrorCode::not_found, "no rejected change with id " + change_id);
}

// Takes a change off the list. `mend` decides about its record, unless that was edited since.
template <class Mend>
Result<> take_rejected(const Cli& cli, const std::string& change_id, Mend mend) {
  SS_ASSIGN(auto store, open_device(cli));
  SS_TRY(store->begin());
  const auto rejected = find_rejected(*store, change_id);
  if (!rejected) {
    store->rollback();
    return Unexpected(rejected.error());
  }
  const FrozenChange& change = rejected->change;
  store->remove_rejected(change.change);
  auto record = store->find(change.type, change.id);
  // One that turned private since stays as it is: it must not leave the device, nor be lost.
  if (record && !record->edit && !record->in_flight && !record->local_only) {
    mend(*store, *record, change);
    store->put(*record);
  }
  return store->commit();
}

}  // namespace

Result<int> run_rejected_list(const Cli& cli) {
  SS_ASSIGN(auto store, open_device(cli));
  std::vector<std::vector<std::string>> rows{{"CHANGE", "TYPE", "ID", "CODE", "PATH", "MESSAGE"}};
  for (const RejectedChange& rejected : store->rejected()) {
    const std::string id = to_string(rejected.change.change);
    const std::string type(to_string(rejected.change.type));
    const std::string code(to_string(rejected.error.code));
    Json row = Json::object();
    row.set("change_id", id).set("type", type).set("id", rejected.change.id).set("code", code);
    row.set("path", rejected.error.path).set("rule", rejected.error.rule);
    row.set("message", rejected.error.message).set("at", to_rfc3339(rejected.at));
    if (cli.out.json()) cli.out.line(row.dump());
    rows.push_back(
        {id, type, rejected.change.id, code, rejected.error.path, rejected.error.message});
  }
  if (!cli.out.json()) cli.out.line(rows.size() == 1 ? "nothing was rejected" : table(rows));
  return rows.size() == 1 ? exit_fine : exit_rejected;
}

Result<int> run_rejected_discard(const Cli& cli, const std::string& change_id) {
  // What the user sees goes back to what the server has, unredacted.
  SS_TRY(take_rejected(cli, change_id,
                       [](DeviceStore& store, DeviceRecord& record, const FrozenChange&) {
                         show_server_version(store, record, os::wall_now());
                       }));
  cli.out.result(Json::object().set("discarded", change_id), "discarded");
  return exit_fine;
}

Result<int> run_rejected_retry(const Cli& cli, const std::string& change_id) {
  // The record's text as it is now, queued once more: mended meanwhile, or for a server that has
  // changed.
  SS_TRY(take_rejected(
      cli, change_id, [](DeviceStore&, DeviceRecord& record, const FrozenChange& change) {
        record.edit = PendingEdit{.action = change.action, .reason = change.reason};
        record.edit->base = record.shadow ? record.shadow->rev : Rev{};
        record.edit->changed = change.changed;
        record.edit->stamp = change.stamp;
        record.edit->queued = os::wall_now();
      }));
  cli.out.result(Json::object().set("queued", change_id), "queued again; run syncctl sync");
  return exit_fine;
}

}  // namespace studiosync::client
