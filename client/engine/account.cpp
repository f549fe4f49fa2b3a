#include "client/engine/account.hpp"

#include "core/schema/validate.hpp"
#include "os/file_lock.hpp"

namespace studiosync::client {
namespace {

std::string text_of(const Json* value) {
  return value != nullptr && value->is_string() ? value->as_string() : std::string();
}

// The account's database is named by it: it must not lead anywhere else.
bool is_file_name(const std::string& id) {
  return validate_id(id, "$.user.id").has_value() && id != "." && id != "..";
}

// A folder stays with its account, whatever a server says.
Result<> take_user(const Json* user, Login& login) {
  const std::string before = login.user_id;
  if (user != nullptr) {
    login.user_id = text_of(user->find("id"));
    login.username = text_of(user->find("username"));
    login.email = text_of(user->find("email"));
  }
  if (!is_file_name(login.user_id)) {
    return fail(ErrorCode::server_error, "the server's answer to the login names no user");
  }
  if (!before.empty() && login.user_id != before) {
    return fail(ErrorCode::forbidden,
                "the server's answer is for another account; syncctl setup joins that one");
  }
  return {};
}

// {user:{id,username,email,role}, token, refresh_token, expires_at}; `login` is as it was after an
// error.
Result<> take_grant(const Json& grant, Login& login) {
  Login granted = login;
  granted.access_token = text_of(grant.find("token"));
  granted.refresh_token = text_of(grant.find("refresh_token"));
  const auto expires = parse_rfc3339(text_of(grant.find("expires_at")));
  if (granted.access_token.empty() || granted.refresh_token.empty() || !expires) {
    return fail(ErrorCode::server_error, "the server's answer to the login is incomplete");
  }
  granted.expires = {expires->unix_us / 1000};
  SS_TRY(take_user(grant.find("user"), granted));
  login = std::move(granted);
  return {};
}

Result<> ask_for_grant(HttpClient& http, const std::string& path, const Json& body, Login& login) {
  SS_ASSIGN(const HttpReply reply, http.request("POST", path, &body));
  return take_grant(reply.body, login);
}

Result<> refresh(HttpClient& http, Login& login) {
  Json body = Json::object();
  body.set("refresh_token", login.refresh_token);
  return ask_for_grant(http, "/api/auth/refresh", body, login);
}

Result<> end_session(HttpClient& http, const Login& login) {
  SS_TRY(http.request("POST", "/api/auth/logout", nullptr, login.access_token));
  return {};
}

bool login_refused(const Error& error) {
  return error.code == ErrorCode::unauthorized || error.code == ErrorCode::token_expired;
}

}  // namespace

Result<> register_account(HttpClient& http, const Credentials& credentials, Login& login) {
  Json body = Json::object();
  body.set("username", credentials.username);
  body.set("email", credentials.email);
  body.set("password", credentials.password);
  return ask_for_grant(http, "/api/auth/register", body, login);
}

Result<> log_in(HttpClient& http, const Credentials& credentials, Login& login) {
  Json body = Json::object();
  body.set(credentials.email.find('@') == std::string::npos ? "username" : "email",
           credentials.email);
  body.set("password", credentials.password);
  return ask_for_grant(http, "/api/auth/login", body, login);
}

Result<Login> refresh_login(const std::string& folder, const std::string& refused) {
  SS_ASSIGN(const os::FileLock lock, os::FileLock::wait(folder + "/auth.lock"));
  SS_ASSIGN(std::optional<Login> login, load_login(folder));
  if (!login || login->refresh_token.empty()) {
    return fail(ErrorCode::unauthorized, "not logged in; run syncctl login");
  }
  if (login->access_token != refused) return std::move(*login);
  HttpClient http(login->server, login->ca_file, Millis{10'000});
  SS_TRY(refresh(http, *login));
  SS_TRY(save_login(folder, *login));
  return std::move(*login);
}

Result<> log_out(const std::string& folder) {
  SS_ASSIGN(const os::FileLock lock, os::FileLock::wait(folder + "/auth.lock"));
  SS_ASSIGN(std::optional<Login> login, load_login(folder));
  if (!login || login->refresh_token.empty()) return {};
  Login ended = *login;
  ended.access_token.clear();
  ended.refresh_token.clear();
  SS_TRY(save_login(folder, ended));
  HttpClient http(login->server, login->ca_file, Millis{10'000});
  auto told = end_session(http, *login);
  if (told || !login_refused(told.error())) return told;
  // The access token has run out; the session has not, and would go on until its refresh token
  // does.
  if (auto fresh = refresh(http, *login); !fresh) {
    return login_refused(fresh.error()) ? Result<>() : fresh;
  }
  return end_session(http, *login);
}

}  // namespace studiosync::client
