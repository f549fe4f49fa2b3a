#include "client/engine/auth_file.hpp"

#include <filesystem>
#include <system_error>

#include "core/base/json.hpp"
#include "os/private_file.hpp"

namespace studiosync::client {
namespace {

constexpr std::size_t file_bytes_max = 64U << 10;

std::string path_in(const std::string& folder) {
  return folder + "/auth.json";
}

// Every text member, under its name in the file.
template <class LoginType, class Visit>
void each_member(LoginType& login, Visit visit) {
  visit("server", login.server);
  visit("user_id", login.user_id);
  visit("email", login.email);
  visit("username", login.username);
  visit("device_id", login.device_id);
  visit("device_name", login.device_name);
  visit("ca_file", login.ca_file);
  visit("access_token", login.access_token);
  visit("refresh_token", login.refresh_token);
}

}  // namespace

Result<std::optional<Login>> load_login(const std::string& folder) {
  SS_ASSIGN(const auto text, os::read_private_file(path_in(folder), file_bytes_max));
  if (!text) return std::optional<Login>();
  const auto json = parse_json(*text);
  if (!json || !json->is_object()) return fail(ErrorCode::validation_error, "auth.json is damaged");
  Login login;
  each_member(login, [&](const char* name, std::string& value) {
    const Json* member = json->find(name);
    if (member != nullptr && member->is_string()) value = member->as_string();
  });
  const Json* expires = json->find("expires_at");
  if (expires != nullptr && expires->is_string()) {
    if (const auto time = parse_rfc3339(expires->as_string()))
      login.expires = {time->unix_us / 1000};
  }
  return std::optional<Login>(std::move(login));
}

Result<> save_login(const std::string& folder, const Login& login) {
  Json json = Json::object();
  each_member(login, [&](const char* name, const std::string& value) { json.set(name, value); });
  json.set("expires_at", to_rfc3339(login.expires));
  return os::write_private_file(path_in(folder), json.pretty() + '\n');
}

Result<> forget_login(const std::string& folder) {
  std::error_code failed;
  std::filesystem::remove(path_in(folder), failed);
  if (failed) return fail(ErrorCode::store_error, "cannot remove auth.json: " + failed.message());
  return {};
}

}  // namespace studiosync::client
