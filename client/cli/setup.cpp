#include "client/cli/database_file.hpp"
#include "client/cli/exit_code.hpp"
#include "client/cli/input.hpp"
#include "client/cli/verbs.hpp"
#include "client/engine/account.hpp"
#include "client/ws/ws_url.hpp"
#include "core/sync/admission.hpp"
#include "os/file_lock.hpp"
#include "os/private_file.hpp"

namespace studiosync::client {
namespace {

// Asked before the server is: a refusal must not leave a new account behind.
Result<> require_decision(const Cli& cli, const SetupOptions& options) {
  if (options.existing == "fresh") return {};
  SS_ASSIGN(const bool any, has_records(database_path(cli.folder, {})));
  if (!any || !options.existing.empty()) return {};
  return fail(ErrorCode::bad_request,
              "this folder holds local records; say --existing upload (sync them too) or "
              "--existing fresh (keep them aside)");
}

// A login that is refused leaves no session behind that nobody knows of.
Unexpected refuse_login(HttpClient& http, const Login& login, Error why) {
  (void)http.request("POST", "/api/auth/logout", nullptr, login.access_token);
  return Unexpected(std::move(why));
}

// Two databases do not become one.
Error account_is_here() {
  return {.code = ErrorCode::bad_request,
          .message =
              "this folder holds a database of this account already, from an earlier setup, "
              "and local records cannot take its place; to send them too: syncctl export "
              "FILE, then syncctl setup --existing fresh, then syncctl import FILE"};
}

// As of a server that was made anew. The other account's records would be in another database.
Error other_account(const std::string& email) {
  return {.code = ErrorCode::forbidden,
          .message = "the server knows " + email +
                     " as another account than this folder's; what is here stays as it is. To "
                     "send it to the other account: syncctl disable, then syncctl setup "
                     "--existing upload"};
}

// Edits made before there was an account: taken along, or put aside. Never dropped.
Result<std::string> adopt_local_data(const Cli& cli, const SetupOptions& options,
                                     const std::string& target) {
  const std::string local = database_path(cli.folder, {});
  const auto any = has_records(local);
  if (any && !*any) return std::string();
  if (options.existing == "upload") {
    SS_TRY(any);
    if (exists(target)) return Unexpected(account_is_here());
    SS_TRY(move_database(local, target));
    return std::string("local records will be uploaded");
  }
  SS_ASSIGN(const std::string aside, keep_aside(local));
  return "local records were kept aside in " + aside;
}

// Other devices are told this one's name, and put it into the names of copies.
std::string device_name_of(const SetupOptions& options) {
  return without_credentials(options.device_name.empty() ? host_name() : options.device_name);
}

Result<> bind_database(const std::string& path, Login& login, const SetupOptions& options) {
  SS_ASSIGN(auto store, open_database(path, login.device_name));
  SS_TRY(store->begin());
  DeviceMeta meta = store->meta();
  meta.user_id = login.user_id;
  if (!options.device_name.empty()) meta.device_name = device_name_of(options);
  login.device_id = meta.device.value;
  login.device_name = meta.device_name;
  store->set_meta(meta);
  return store->commit();
}

}  // namespace

Result<int> run_setup(const Cli& cli, const SetupOptions& options) {
  SS_TRY(os::make_private_folder(cli.folder));
  SS_ASSIGN(const os::FileLock lock, os::FileLock::take(cli.folder + "/sync.lock"));
  SS_ASSIGN(const std::string channel, push_channel_url(options.server));
  SS_TRY(parse_ws_url(channel));
  SS_TRY(require_decision(cli, options));
  SS_ASSIGN(const std::string password, read_password(options.password_file));
  Login login;
  login.server = options.server;
  login.ca_file = options.ca_file;
  login.device_name = device_name_of(options);
  HttpClient http(options.server, options.ca_file);
  const Credentials credentials{options.email, options.username, password};
  SS_TRY(options.register_account ? register_account(http, credentials, login)
                                  : log_in(http, credentials, login));
  const std::string database = database_path(cli.folder, login.user_id);
  const auto adopted = adopt_local_data(cli, options, database);
  if (!adopted) return refuse_login(http, login, adopted.error());
  SS_TRY(bind_database(database, login, options));
  SS_TRY(save_login(cli.folder, login));

  Json answer = Json::object();
  answer.set("server", login.server).set("user_id", login.user_id).set("email", login.email);
  answer.set("device_id", login.device_id).set("device_name", login.device_name);
  if (!adopted->empty()) answer.set("note", *adopted);
  std::string text =
      "This device is '" + login.device_name + "' of " + login.email + " at " + login.server + ".";
  if (!adopted->empty()) text += "\n" + *adopted;
  text += "\nNext: syncctl sync";
  cli.out.result(answer, text);
  return exit_fine;
}

Result<int> run_login(const Cli& cli, const LoginOptions& options) {
  SS_ASSIGN(auto login, current_login(cli));
  if (!login) {
    cli.out.error({.code = ErrorCode::not_found, .message = "not set up; run syncctl setup first"});
    return exit_not_set_up;
  }
  SS_ASSIGN(const std::string password, read_password(options.password_file));
  HttpClient http(login->server, login->ca_file);
  Login fresh = *login;
  fresh.user_id.clear();  // whoever the server says it is, to be told what to do about that
  SS_TRY(log_in(http, {.email = login->email, .username = {}, .password = password}, fresh));
  if (fresh.user_id != login->user_id) {
    return refuse_login(http, fresh, other_account(fresh.email));
  }
  SS_TRY(save_login(cli.folder, fresh));
  Json answer = Json::object();
  answer.set("user_id", fresh.user_id).set("expires_at", to_rfc3339(fresh.expires));
  cli.out.result(answer, "Logged in as " + fresh.email + ".");
  return exit_fine;
}

Result<int> run_logout(const Cli& cli) {
  SS_TRY(log_out(cli.folder));
  cli.out.result(Json::object().set("logged_out", true),
                 "Logged out. Local records stay; edits wait for the next login.");
  return exit_fine;
}

}  // namespace studiosync::client
