// /api/sync/conflicts: what waits for a decision, and the decision.
#include "core/protocol/codec.hpp"
#include "server/api/plain_author.hpp"
#include "server/api/resolve_request.hpp"
#include "server/api/routes.hpp"

namespace studiosync::server {
namespace {

Result<bool> wants_all(const HttpRequest& request) {
  const std::string_view status = request.parameter("status");
  if (status == "all") return true;
  if (status.empty() || status == "open") return false;
  return fail(ErrorCode::validation_error, "must be open or all", "status");
}

Result<HttpResponse> list_conflicts(SyncService& sync, const Request& request) {
  SS_ASSIGN(const bool all, wants_all(request.http));
  SS_ASSIGN(const std::vector<ConflictView> conflicts, sync.conflicts(*request.caller, all));
  Json list = Json::array();
  for (const ConflictView& conflict : conflicts) list.push_back(to_json(conflict));
  Json body = Json::object();
  body.set("conflicts", std::move(list));
  body.set("count", static_cast<std::uint64_t>(conflicts.size()));
  return json_response(200, body);
}

HttpResponse resolved(const ConflictView& conflict) {
  Json body = Json::object();
  body.set("success", true);
  body.set("conflict", to_json(conflict));
  return json_response(200, body);
}

// A refusal shows the conflict as it is now, so that the person can decide again.
HttpResponse refused(const Error& error, const std::optional<ConflictView>& conflict) {
  HttpResponse response = error_response(error);
  if (conflict) response.body = to_json(error).set("conflict", to_json(*conflict)).dump();
  return response;
}

std::function<void(Result<ResolveOutcome>)> answer_resolve(Respond respond) {
  return [respond = std::move(respond)](const Result<ResolveOutcome>& outcome) {
    if (!outcome) return respond(error_response(outcome.error()));
    if (outcome->error) return respond(refused(*outcome->error, outcome->conflict));
    respond(resolved(*outcome->conflict));
  };
}

Result<> resolve_conflict(const RouteContext& context, const Request& request,
                          const Respond& respond) {
  SS_ASSIGN(ResolveRequest asked, read_resolve_request(request.path_parameter("id"), request.body));
  Author author{.device_name = "HTTP client"};
  if (!asked.device.empty()) {
    SS_ASSIGN(author, plain_author(context.auth, *request.caller, asked.device, {}));
  }
  context.sync.resolve(*request.caller, std::move(author), std::move(asked.resolve),
                       answer_resolve(respond));
  return {};
}

RunRoute run_list(const RouteContext& context) {
  return [context](Request request, Respond respond) {
    answer_blocking(context.run_blocking, std::move(respond),
                    [&sync = context.sync, request = std::move(request)] {
                      return list_conflicts(sync, request);
                    });
  };
}

RunRoute run_resolve(const RouteContext& context) {
  return [context](Request request, Respond respond) {
    start_blocking(context.run_blocking, std::move(respond),
                   [context, request = std::move(request)](const Respond& answer) {
                     return resolve_conflict(context, request, answer);
                   });
  };
}

}  // namespace

void add_conflict_routes(Router& router, const RouteContext& context) {
  const RouteLimit limit = limited_by_user(context.limits.conflicts, context.now);
  router.add({"GET", "/api/sync/conflicts", Access::token, Body::none, run_list(context), limit});
  router.add({"POST", "/api/sync/conflicts/{id}/resolve", Access::token, Body::json,
              run_resolve(context), limit});
}

}  // namespace studiosync::server
