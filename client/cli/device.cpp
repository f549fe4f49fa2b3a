#include "client/cli/device.hpp"

#include <unistd.h>

#include <array>

#include "client/cli/exit_code.hpp"
#include "client/engine/account.hpp"
#include "core/protocol/codec.hpp"
#include "os/entropy.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::client {
namespace {

// A new database needs a device and a replica before anything is written into it.
Result<> give_identity(SqliteDeviceStore& store, const std::string& device_name) {
  DeviceMeta meta = store.meta();
  SS_TRY(store.take_error());  // one that cannot be read is not missing
  if (!meta.device.empty()) return {};
  SS_TRY(store.begin());
  Random random(os::random_u64());
  meta.device.value = "device-" + os::random_uuid().substr(0, 13);
  meta.device_name = device_name;
  meta.replica.bytes = uuid_v7(os::wall_now().unix_ms, random);
  store.set_meta(meta);
  return store.commit();
}

}  // namespace

std::string database_path(const std::string& folder, const std::string& user_id) {
  return folder + (user_id.empty() ? "/local.db" : "/account-" + user_id + ".db");
}

bool exists(const std::string& path) {
  return ::access(path.c_str(), F_OK) == 0;
}

std::string host_name() {
  std::array<char, 128> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0 || name[0] == '\0') return "device";
  return name.data();
}

Result<std::unique_ptr<SqliteDeviceStore>> open_database(const std::string& path,
                                                         const std::string& device_name) {
  SS_ASSIGN(auto store, open_device_store(path, os::wall_now()));
  SS_TRY(give_identity(*store, device_name));
  return store;
}

Result<std::optional<Login>> current_login(const Cli& cli) {
  return load_login(cli.folder);
}

Result<std::unique_ptr<SqliteDeviceStore>> open_device(const Cli& cli) {
  SS_ASSIGN(const auto login, current_login(cli));
  const std::string user = login ? login->user_id : std::string();
  return open_database(database_path(cli.folder, user), login ? login->device_name : host_name());
}

Result<std::optional<SetUp>> set_up(const Cli& cli) {
  SS_ASSIGN(auto login, current_login(cli));
  if (!login) {
    cli.out.error({.code = ErrorCode::not_found,
                   .message = "not set up; run syncctl setup --server URL --email ADDRESS first"});
    return std::optional<SetUp>();
  }
  SetUp ready;
  SS_ASSIGN(ready.store, open_device(cli));
  ready.login = std::move(*login);
  return std::optional<SetUp>(std::move(ready));
}

Result<HttpReply> ask_server(const Cli& cli, const std::string& method, const std::string& path,
                             const Json* body) {
  SS_ASSIGN(auto login, current_login(cli));
  if (!login) return fail(ErrorCode::unauthorized, "not set up; run syncctl setup first");
  HttpClient http(login->server, login->ca_file);
  auto reply = http.request(method, path, body, login->access_token);
  const bool refused = !reply && (reply.error().code == ErrorCode::unauthorized ||
                                  reply.error().code == ErrorCode::token_expired);
  if (!refused) return reply;
  SS_ASSIGN(const Login fresh, refresh_login(cli.folder, login->access_token));
  return http.request(method, path, body, fresh.access_token);
}

Result<HttpReply> ask_in_passing(const Cli& cli, const Login& login, const std::string& path) {
  HttpClient http(login.server, login.ca_file, Millis{2'000});
  SS_TRY(http.request("GET", "/livez"));
  return ask_server(cli, "GET", path);
}

Result<EntityType> entity_type_argument(const std::string& text) {
  std::string name = text;
  for (char& c : name) c = c == '-' ? '_' : c;
  std::string known;
  for (const EntitySpec& spec : registry()) {
    if (name == spec.wire_name || name == spec.plural) return spec.type;
    known += (known.empty() ? "" : ", ") + std::string(spec.wire_name);
  }
  return fail(ErrorCode::bad_request, "unknown type '" + text + "'; one of " + known);
}

std::size_t open_conflicts(SqliteDeviceStore& store) {
  std::size_t open = 0;
  std::string after;
  for (auto page = store.list(EntityType::conflict, after, 500); !page.empty();
       page = store.list(EntityType::conflict, after, 500)) {
    after = page.back().id;
    for (const DeviceRecord& record : page) {
      const auto view = conflict_from_content(record.id, record.content);
      if (view && !view->resolved) ++open;
    }
  }
  return open;
}

}  // namespace studiosync::client
