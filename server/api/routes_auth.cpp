// /api/auth: accounts and sessions.
#include "core/protocol/object_reader.hpp"
#include "core/sync/admission.hpp"
#include "server/api/routes.hpp"

namespace studiosync::server {
namespace {

Json user_json(const Profile& profile) {
  Json json = Json::object();
  json.set("id", profile.id);
  json.set("username", profile.username);
  json.set("email", profile.email);
  json.set("role", profile.role);
  return json;
}

Json grant_json(const Grant& grant) {
  Json json = Json::object();
  json.set("user", user_json(grant.profile));
  json.set("token", grant.access_token);
  json.set("refresh_token", grant.refresh_token);
  json.set("expires_at", to_rfc3339(grant.expires));
  return json;
}

AuthService::Granted answer_grant(int status, Respond respond) {
  return [status, respond = std::move(respond)](const Result<Grant>& grant) {
    respond(grant ? json_response(status, grant_json(*grant)) : error_response(grant.error()));
  };
}

AuthService::Finished answer_finished(Respond respond) {
  return [respond = std::move(respond)](const Result<>& finished) {
    respond(finished ? json_response(200, Json::object().set("success", true))
                     : error_response(finished.error()));
  };
}

// A user name or address is shown to others; who pastes a key into it has hit the wrong field.
void check_name(const ObjectReader& in, std::string_view member, const std::string& name) {
  if (without_credentials(name) != name) in.fail(member, "must not hold a credential");
}

void register_account(AuthService& auth, const Request& request, const Respond& respond) {
  std::optional<Error> error;
  const ObjectReader in(request.body, "$", error);
  std::string username = in.text("username");
  std::string email = in.text("email");
  std::string password = in.text("password");
  check_name(in, "username", username);
  check_name(in, "email", email);
  if (error) return respond(error_response(*error));
  auth.register_account(std::move(username), std::move(email), std::move(password),
                        answer_grant(201, respond));
}

// One field names the account; clients call it by either of its kinds.
std::string read_login(const ObjectReader& in) {
  for (const char* key : {"email", "username", "login"}) {
    if (in.has(key)) return in.text(key);
  }
  in.fail("email", "email or username is required");
  return {};
}

void log_in(AuthService& auth, const Request& request, const Respond& respond) {
  std::optional<Error> error;
  const ObjectReader in(request.body, "$", error);
  std::string login = read_login(in);
  std::string password = in.text("password");
  if (error) return respond(error_response(*error));
  auth.login(std::move(login), std::move(password), request.http.client_address,
             answer_grant(200, respond));
}

void refresh(AuthService& auth, const Request& request, const Respond& respond) {
  std::optional<Error> error;
  const ObjectReader in(request.body, "$", error);
  std::string token = in.text("refresh_token");
  if (error) return respond(error_response(*error));
  auth.refresh(std::move(token), answer_grant(200, respond));
}

void change_password(AuthService& auth, const Request& request, const Respond& respond) {
  std::optional<Error> error;
  const ObjectReader in(request.body, "$", error);
  // `old_password` is what earlier clients say; errors name the member of today.
  const bool earlier = in.has("old_password") && !in.has("current_password");
  std::string old_password = in.text(earlier ? "old_password" : "current_password");
  std::string new_password = in.text("new_password");
  if (error) return respond(error_response(*error));
  auth.change_password(*request.caller, std::move(old_password), std::move(new_password),
                       answer_finished(respond));
}

Result<HttpResponse> profile(const AuthService& auth, const Caller& caller) {
  SS_ASSIGN(const Profile profile, auth.profile(caller));
  Json user = user_json(profile);
  user.set("created_at", to_rfc3339(profile.created));
  return json_response(200, Json::object().set("user", std::move(user)));
}

using AuthCall = void (*)(AuthService&, const Request&, const Respond&);

RunRoute bind(AuthService& auth, AuthCall call) {
  return [&auth, call](const Request& request, const Respond& respond) {
    call(auth, request, respond);
  };
}

}  // namespace

void add_auth_routes(Router& router, const RouteContext& context) {
  AuthService& auth = context.auth;
  const RouteLimit limit = limited_by_address(context.limits.logins, context.now);
  for (const char* pattern : {"/api/auth/register", "/api/auth/signup"}) {
    router.add({"POST", pattern, Access::open, Body::json, bind(auth, register_account), limit});
  }
  router.add({"POST", "/api/auth/login", Access::open, Body::json, bind(auth, log_in), limit});
  router.add({"POST", "/api/auth/refresh", Access::open, Body::json, bind(auth, refresh)});
  router.add({"POST", "/api/auth/logout", Access::token, Body::none,
              [&auth](const Request& request, const Respond& respond) {
                auth.logout(*request.caller, answer_finished(respond));
              }});
  router.add({"POST", "/api/auth/change-password", Access::token, Body::json,
              bind(auth, change_password),
              limited_by_user(context.limits.password_changes, context.now)});
  router.add({"GET", "/api/auth/profile", Access::token, Body::none,
              [&auth, run = context.run_blocking](const Request& request, const Respond& respond) {
                answer_blocking(run, respond, [&auth, caller = *request.caller] {
                  return profile(auth, caller);
                });
              }});
}

}  // namespace studiosync::server
