// /api/sync: upload, download and status, for clients that know nothing of replicas.
#include <algorithm>

#include "core/base/hex.hpp"
#include "server/api/download_query.hpp"
#include "server/api/download_view.hpp"
#include "server/api/plain_author.hpp"
#include "server/api/plain_changes.hpp"
#include "server/api/routes.hpp"
#include "server/api/upload_view.hpp"

namespace studiosync::server {
namespace {

// Called after the commit, on the writer's thread: ten uploads a minute and user are few enough to
// write their answers there.
std::function<void(Result<Applied>)> answer_upload(const RouteContext& context, Respond respond) {
  return [now = context.now, respond = std::move(respond)](const Result<Applied>& applied) {
    if (!applied) return respond(error_response(applied.error()));
    if (applied->error) return respond(error_response(*applied->error));
    respond(json_response(200, upload_view(*applied, now())));
  };
}

Result<> upload(const RouteContext& context, const Caller& caller, Json body,
                const Respond& respond) {
  SS_ASSIGN(Upload upload, read_upload(body));
  SS_ASSIGN(Author author, plain_author(context.auth, caller, upload.device, upload.device_name));
  context.sync.upload(caller, std::move(author), std::move(upload.changes),
                      answer_upload(context, respond));
  return {};
}

Result<HttpResponse> download(const RouteContext& context, const Request& request) {
  SS_ASSIGN(const DownloadQuery query, read_download_query(request.http));
  SS_TRY(context.auth.device_seen(*request.caller, query.device, {}));
  SS_ASSIGN(const Download read,
            query.by_time ? context.sync.download_since(*request.caller, *query.since, query.limit)
                          : context.sync.download(*request.caller, query.cursor, query.limit));
  return json_response(200, download_view(read));
}

Result<HttpResponse> status(const RouteContext& context, const Request& request) {
  SS_ASSIGN(const SyncService::UserStatus status, context.sync.status(*request.caller));
  SS_ASSIGN(const std::vector<Device> devices, context.auth.devices(*request.caller));
  Json body = Json::object();
  body.set("head", to_string(status.head));
  body.set("epoch", hex64(context.sync.store().epoch(request.caller->user.shard).value));
  body.set("devices", std::ranges::count(devices, false, &Device::revoked));
  body.set("open_conflicts", static_cast<std::uint64_t>(status.open_conflicts));
  body.set("records", status.state.records);
  return json_response(200, body);
}

RunRoute run_upload(const RouteContext& context) {
  return [context](Request request, Respond respond) {
    start_blocking(context.run_blocking, std::move(respond),
                   [context, request = std::move(request)](const Respond& answer) mutable {
                     return upload(context, *request.caller, std::move(request.body), answer);
                   });
  };
}

RunRoute run_reading(const RouteContext& context,
                     Result<HttpResponse> (*read)(const RouteContext&, const Request&)) {
  return [context, read](Request request, Respond respond) {
    answer_blocking(
        context.run_blocking, std::move(respond),
        [context, read, request = std::move(request)] { return read(context, request); });
  };
}

}  // namespace

void add_sync_routes(Router& router, const RouteContext& context) {
  router.add({"POST", "/api/sync/upload", Access::token, Body::json, run_upload(context),
              limited_by_user(context.limits.uploads, context.now)});
  router.add({"GET", "/api/sync/download", Access::token, Body::none,
              run_reading(context, download),
              limited_by_user(context.limits.downloads, context.now)});
  router.add({"GET", "/api/sync/status", Access::token, Body::none, run_reading(context, status)});
}

}  // namespace studiosync::server
