// /api/devices: what is logged in, renaming, revoking.
#include "core/base/limits.hpp"
#include "core/protocol/object_reader.hpp"
#include "core/sync/admission.hpp"
#include "server/api/routes.hpp"

namespace studiosync::server {
namespace {

Json device_json(const Device& device) {
  Json json = Json::object();
  json.set("id", device.id.value);
  json.set("name", device.name);
  json.set("created_at", to_rfc3339(device.created));
  json.set("last_seen_at", to_rfc3339(device.last_seen));
  json.set("revoked", device.revoked);
  return json;
}

DeviceId device_of(const Request& request) {
  return {std::string(request.path_parameter("id"))};
}

Result<HttpResponse> list_devices(AuthService& auth, const Request& request) {
  SS_ASSIGN(const std::vector<Device> devices, auth.devices(*request.caller));
  Json list = Json::array();
  for (const Device& device : devices) list.push_back(device_json(device));
  Json body = Json::object();
  body.set("devices", std::move(list));
  body.set("count", static_cast<std::uint64_t>(devices.size()));
  return json_response(200, body);
}

Result<HttpResponse> rename_device(AuthService& auth, const Request& request) {
  std::optional<Error> error;
  const ObjectReader in(request.body, "$", error);
  std::string name = without_credentials(in.text("name", limits::name_bytes_max));
  if (name.empty()) in.fail("name", "must not be empty");
  if (error) return Unexpected(std::move(*error));
  SS_ASSIGN(const Device device,
            auth.rename_device(*request.caller, device_of(request), std::move(name)));
  return json_response(200, device_json(device));
}

Result<HttpResponse> revoke_device(AuthService& auth, const Request& request) {
  SS_TRY(auth.revoke_device(*request.caller, device_of(request)));
  return json_response(200, Json::object().set("success", true));
}

}  // namespace

void add_device_routes(Router& router, const RouteContext& context) {
  using Call = Result<HttpResponse> (*)(AuthService&, const Request&);
  const auto blocking = [&](Call call) -> RunRoute {
    return [&auth = context.auth, run = context.run_blocking, call](Request request,
                                                                    Respond respond) {
      answer_blocking(run, std::move(respond),
                      [&auth, call, request = std::move(request)] { return call(auth, request); });
    };
  };
  router.add({"GET", "/api/devices", Access::token, Body::none, blocking(list_devices)});
  router.add({"PATCH", "/api/devices/{id}", Access::token, Body::json, blocking(rename_device)});
  router.add({"DELETE", "/api/devices/{id}", Access::token, Body::none, blocking(revoke_device)});
}

}  // namespace studiosync::server
