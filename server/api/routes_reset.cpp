// POST /api/sync/reset: everything of the user goes, on all devices.
#include "server/api/routes.hpp"

namespace studiosync::server {
namespace {

// A person types it, so that no client calls this by mistake.
constexpr std::string_view confirmation = "delete-all";

Result<> check_confirmed(const Json& body) {
  const Json* confirm = body.find("confirm");
  if (confirm != nullptr && confirm->is_string() && confirm->as_string() == confirmation) return {};
  return fail(ErrorCode::validation_error, "must be delete-all", "$.confirm");
}

RunRoute run_reset(SyncService& sync) {
  return [&sync](const Request& request, const Respond& respond) {
    if (auto confirmed = check_confirmed(request.body); !confirmed) {
      return respond(error_response(confirmed.error()));
    }
    sync.reset(*request.caller, [respond](const Result<Cursor>& head) {
      if (!head) return respond(error_response(head.error()));
      Json body = Json::object();
      body.set("success", true).set("head", to_string(*head));
      respond(json_response(200, body));
    });
  };
}

}  // namespace

void add_reset_route(Router& router, const RouteContext& context) {
  router.add({"POST", "/api/sync/reset", Access::token, Body::json, run_reset(context.sync),
              limited_by_user(context.limits.uploads, context.now)});
}

}  // namespace studiosync::server
