// /api/sync/policies: which strategy a user wants for which type.
#include "server/api/policies_json.hpp"
#include "server/api/routes.hpp"

namespace studiosync::server {
namespace {

HttpResponse policies_response(const Result<Policies>& policies) {
  return policies ? json_response(200, policies_json(*policies)) : error_response(policies.error());
}

RunRoute run_get(const RouteContext& context) {
  return [context](const Request& request, const Respond& respond) {
    answer_blocking(context.run_blocking, respond,
                    [&sync = context.sync, caller = *request.caller]() -> Result<HttpResponse> {
                      return policies_response(sync.policies(caller));
                    });
  };
}

RunRoute run_put(SyncService& sync) {
  return [&sync](const Request& request, const Respond& respond) {
    auto named = read_policies(request.body);
    if (!named) return respond(error_response(named.error()));
    sync.set_policies(
        *request.caller, std::move(*named),
        [respond](const Result<Policies>& policies) { respond(policies_response(policies)); });
  };
}

}  // namespace

void add_policy_routes(Router& router, const RouteContext& context) {
  router.add({"GET", "/api/sync/policies", Access::token, Body::none, run_get(context)});
  router.add({"PUT", "/api/sync/policies", Access::token, Body::json, run_put(context.sync)});
}

}  // namespace studiosync::server
