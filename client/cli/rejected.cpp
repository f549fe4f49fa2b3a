#include "client/cli/exit_code.hpp"
#include "client/cli/transaction.hpp"
#include "client/cli/verbs.hpp"
#include "core/sync/refused.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::client {
namespace {

bool is_held(const RejectedChange& rejected) {
  return rejected.error.code == ErrorCode::mass_delete_held;
}

// What the user does about one change.
using Decision = Result<> (*)(DeviceStore&, ChangeId, WallTime);

Result<> decide(SqliteDeviceStore& store, const std::vector<ChangeId>& changes, Decision decision) {
  return in_transaction(store, [&]() -> Result<> {
    for (const ChangeId change : changes) SS_TRY(decision(store, change, os::wall_now()));
    return {};
  });
}

Result<ChangeId> change_argument(const std::string& text) {
  if (const auto change = parse_uuid<ChangeId>(text)) return *change;
  return fail(ErrorCode::not_found, "no rejected change with id " + text);
}

std::vector<ChangeId> held_changes(SqliteDeviceStore& store) {
  std::vector<ChangeId> held;
  for (const RejectedChange& rejected : store.rejected()) {
    if (is_held(rejected)) held.push_back(rejected.change.change);
  }
  return held;
}

const char* state_of(const RejectedChange& rejected) {
  return is_held(rejected) ? "held" : "rejected";
}

// With the text, which can be nowhere else.
Json view(const RejectedChange& rejected) {
  const FrozenChange& change = rejected.change;
  const Error& error = rejected.error;
  Json view = Json::object();
  view.set("change_id", to_string(change.change))
      .set("state", state_of(rejected))
      .set("type", to_string(change.type))
      .set("id", change.id)
      .set("code", to_string(error.code));
  view.set("path", error.path).set("rule", error.rule);
  view.set("message", error.message).set("at", to_rfc3339(rejected.at));
  if (auto data = parse_json(change.content)) view.set("data", *std::move(data));
  return view;
}

std::vector<std::string> table_row(const RejectedChange& rejected) {
  const FrozenChange& change = rejected.change;
  const Error& error = rejected.error;
  return {to_string(change.change),
          state_of(rejected),
          std::string(to_string(change.type)),
          change.id,
          std::string(to_string(error.code)),
          error.path,
          error.message};
}

}  // namespace

Result<int> run_rejected_list(const Cli& cli) {
  SS_ASSIGN(auto store, open_device(cli));
  std::vector<std::vector<std::string>> rows{
      {"CHANGE", "STATE", "TYPE", "ID", "CODE", "PATH", "MESSAGE"}};
  const auto all = store->rejected();
  SS_TRY(store->take_error());
  for (const RejectedChange& rejected : all) {
    if (cli.out.json()) cli.out.line(view(rejected).dump());
    rows.push_back(table_row(rejected));
  }
  if (!cli.out.json()) cli.out.line(rows.size() == 1 ? "nothing was rejected" : table(rows));
  return rows.size() == 1 ? exit_fine : exit_rejected;
}

Result<int> run_rejected_discard(const Cli& cli, const std::string& change_id) {
  SS_ASSIGN(auto store, open_device(cli));
  SS_ASSIGN(const ChangeId change, change_argument(change_id));
  SS_TRY(decide(*store, {change}, discard_refused));
  cli.out.result(Json::object().set("discarded", change_id), "discarded");
  return exit_fine;
}

Result<int> run_rejected_retry(const Cli& cli, const std::string& change_id) {
  SS_ASSIGN(auto store, open_device(cli));
  SS_ASSIGN(const ChangeId change, change_argument(change_id));
  SS_TRY(decide(*store, {change}, retry_refused));
  cli.out.result(Json::object().set("queued", change_id), "queued again; run syncctl sync");
  return exit_fine;
}

Result<int> run_rejected_retry_held(const Cli& cli) {
  SS_ASSIGN(auto store, open_device(cli));
  const std::vector<ChangeId> held = held_changes(*store);
  SS_TRY(decide(*store, held, retry_refused));
  cli.out.result(Json::object().set("confirmed", held.size()),
                 std::to_string(held.size()) + " deletes confirmed; run syncctl sync");
  return exit_fine;
}

}  // namespace studiosync::client
