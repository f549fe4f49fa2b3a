// One data folder: whose it is, and its database. Every account has a database of its own; edits
// made before any account is set up live in one called `local.db`.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "client/cli/output.hpp"
#include "client/engine/auth_file.hpp"
#include "client/engine/engine_host.hpp"
#include "client/http/http_client.hpp"
#include "client/store/sqlite_device_store.hpp"

namespace studiosync::client {

// Beyond `not set up`, what every verb works with.
struct Cli {
  std::string folder;
  Output out{false};
};

// A path below the folder.
std::string database_path(const std::string& folder, const std::string& user_id);
bool exists(const std::string& path);

// Opens (creating where needed) the folder's current database and gives a new one its identity.
Result<std::unique_ptr<SqliteDeviceStore>> open_device(const Cli& cli);
Result<std::unique_ptr<SqliteDeviceStore>> open_database(const std::string& path,
                                                         const std::string& device_name);

// The login; `not_set_up` as an exit code is decided by the caller of `no_login`.
Result<std::optional<Login>> current_login(const Cli& cli);
// The login, or `unauthorized` when there is none (exit code 2 by `set_up`).
struct SetUp {
  Login login;
  std::unique_ptr<SqliteDeviceStore> store;
};
// Empty where the folder is not set up; a message has been printed then.
Result<std::optional<SetUp>> set_up(const Cli& cli);

// A request of the logged-in user; an expired token is refreshed once.
Result<HttpReply> ask_server(const Cli& cli, const std::string& method, const std::string& path,
                             const Json* body = nullptr);

// GET, for what is only good to know: nobody waits for a server that is out of reach.
Result<HttpReply> ask_in_passing(const Cli& cli, const Login& login, const std::string& path);

// The name of this machine, as a device's default name.
std::string host_name();

// A type named on the command line, singular or plural: `saved_query`, `saved-queries`.
Result<EntityType> entity_type_argument(const std::string& text);

std::size_t open_conflicts(SqliteDeviceStore& store);

}  // namespace studiosync::client
