#include <algorithm>

#include "client/cli/database_file.hpp"
#include "client/cli/exit_code.hpp"
#include "client/cli/verbs.hpp"
#include "client/engine/account.hpp"
#include "core/base/random.hpp"
#include "core/sync/go_local.hpp"
#include "core/sync/local_edit.hpp"
#include "core/sync/rebase.hpp"
#include "os/entropy.hpp"
#include "os/file_lock.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::client {
namespace {

bool is_shown(DeviceStore& store, const FrozenChange& change) {
  if (change.action == Action::remove) return true;
  const auto record = store.find(change.type, change.id);
  const Fields shown = outgoing(change.type, record ? record->content : std::string());
  const Fields refused = fields_of(change.content);
  return std::ranges::all_of(change.changed, [&](const std::string& field) {
    return value_of(shown, field) == value_of(refused, field);
  });
}

// A refused text that no record shows would go with the list.
Result<> check_rejected(SqliteDeviceStore& store) {
  const auto rejected = store.rejected();
  const auto hidden = std::ranges::count_if(
      rejected, [&](const RejectedChange& refused) { return !is_shown(store, refused.change); });
  SS_TRY(store.take_error());
  if (hidden == 0) return {};
  return fail(ErrorCode::version_conflict,
              std::to_string(hidden) +
                  " refused text(s) are nowhere but on the list of refused changes, which would be "
                  "lost: see `syncctl rejected list`, and retry or discard them first");
}

Result<> make_local(const std::string& path, const Login& login) {
  SS_ASSIGN(auto store, open_database(path, login.device_name));
  SS_TRY(check_rejected(*store));
  SS_TRY(store->begin());
  Random random(os::random_u64());
  const WallTime now = os::wall_now();
  go_local(*store, {uuid_v7(now.unix_ms, random)}, now);
  return store->commit();
}

}  // namespace

// The login goes last: wherever this is cut, a second call finds the records, or they are in the
// place already.
Result<int> run_disable(const Cli& cli) {
  SS_ASSIGN(const os::FileLock lock, os::FileLock::take(cli.folder + "/sync.lock"));
  SS_ASSIGN(const auto login, current_login(cli));
  if (!login) {
    cli.out.result(Json::object().set("disabled", true), "Not set up: local only already.");
    return exit_fine;
  }
  const std::string account = database_path(cli.folder, login->user_id);
  const std::string local = database_path(cli.folder, {});
  if (exists(account)) {
    SS_TRY(make_local(account, *login));
    SS_TRY(keep_aside(local));
    SS_TRY(move_database(account, local));
  }
  // A server that cannot be reached lets the session run out.
  (void)log_out(cli.folder);
  SS_TRY(forget_login(cli.folder));
  cli.out.result(Json::object().set("disabled", true),
                 "Local only from now on. What is in the cloud stays there.");
  return exit_fine;
}

}  // namespace studiosync::client
