#include <algorithm>

#include "client/cli/exit_code.hpp"
#include "client/cli/reply_member.hpp"
#include "client/cli/verbs.hpp"
#include "core/sync/admission.hpp"
#include "os/file_lock.hpp"

namespace studiosync::client {
namespace {

Result<Json::Array> known_devices(const Cli& cli) {
  SS_ASSIGN(const HttpReply reply, ask_server(cli, "GET", "/api/devices"));
  return list_member(reply.body, "devices");
}

// By id, else by name. `bad_request` for a name that several devices have.
Result<Json> named_device(const Cli& cli, const std::string& named) {
  SS_ASSIGN(const Json::Array devices, known_devices(cli));
  const auto has = [&](const char* key) {
    return [&named, key](const Json& device) { return text_member(device, key) == named; };
  };
  if (const auto found = std::ranges::find_if(devices, has("id")); found != devices.end()) {
    return *found;
  }
  const auto found = std::ranges::find_if(devices, has("name"));
  if (found == devices.end()) {
    return fail(ErrorCode::not_found, "no device '" + named + "'; see syncctl devices list");
  }
  if (std::ranges::count_if(devices, has("name")) > 1) {
    return fail(ErrorCode::bad_request, "several devices are called '" + named + "'; name its id");
  }
  return *found;
}

std::string path_of(const Json& device) {
  return "/api/devices/" + text_member(device, "id");
}

bool is_this(const Json& device, const SetUp& ready) {
  return text_member(device, "id") == ready.login.device_id;
}

const char* state_of(const Json& device, const SetUp& ready) {
  if (true_member(device, "revoked")) return "revoked";
  return is_this(device, ready) ? "this device" : "active";
}

// Copies of conflicts are named after what the device calls itself.
Result<> rename_here(const Cli& cli, SetUp& ready, const std::string& name) {
  SS_TRY(ready.store->begin());
  DeviceMeta meta = ready.store->meta();
  meta.device_name = name;
  ready.store->set_meta(meta);
  SS_TRY(ready.store->commit());
  // As the file is now, and nobody refreshes the tokens meanwhile.
  SS_ASSIGN(const os::FileLock lock, os::FileLock::wait(cli.folder + "/auth.lock"));
  SS_ASSIGN(auto login, current_login(cli));
  if (!login) return {};
  login->device_name = name;
  return save_login(cli.folder, *login);
}

}  // namespace

Result<int> run_devices_list(const Cli& cli) {
  SS_ASSIGN(const auto ready, set_up(cli));
  if (!ready) return exit_not_set_up;
  SS_ASSIGN(const Json::Array devices, known_devices(cli));
  std::vector<std::vector<std::string>> rows{{"NAME", "ID", "STATE", "LAST SEEN", "SINCE"}};
  for (const Json& device : devices) {
    rows.push_back({text_member(device, "name"), text_member(device, "id"),
                    state_of(device, *ready), text_member(device, "last_seen_at"),
                    text_member(device, "created_at")});
    if (!cli.out.json()) continue;
    Json line = device;
    cli.out.line(line.set("this", is_this(device, *ready)).dump());
  }
  if (!cli.out.json()) cli.out.line(table(rows));
  return exit_fine;
}

Result<int> run_devices_rename(const Cli& cli, const std::string& device, const std::string& name) {
  SS_ASSIGN(auto ready, set_up(cli));
  if (!ready) return exit_not_set_up;
  SS_ASSIGN(const Json known, named_device(cli, device));
  const Json body = Json::object().set("name", without_credentials(name));
  SS_ASSIGN(const HttpReply reply, ask_server(cli, "PATCH", path_of(known), &body));
  const std::string given = text_member(reply.body, "name");
  if (is_this(known, *ready)) SS_TRY(rename_here(cli, *ready, given));
  cli.out.result(reply.body, "'" + text_member(known, "name") + "' is called '" + given + "' now.");
  return exit_fine;
}

Result<int> run_devices_revoke(const Cli& cli, const std::string& device) {
  SS_ASSIGN(const auto ready, set_up(cli));
  if (!ready) return exit_not_set_up;
  SS_ASSIGN(const Json known, named_device(cli, device));
  SS_TRY(ask_server(cli, "DELETE", path_of(known)));
  Json answer = Json::object();
  answer.set("id", text_member(known, "id")).set("revoked", true);
  cli.out.result(answer, "'" + text_member(known, "name") +
                             "' is out: its sessions have ended. What it holds stays on it.");
  return exit_fine;
}

}  // namespace studiosync::client
