#include "server/api/blocking.hpp"

#include "server/api/router.hpp"

namespace studiosync::server {
namespace {

HttpResponse too_busy() {
  return error_response({.code = ErrorCode::service_unavailable,
                         .message = "too many requests wait; try again shortly"});
}

}  // namespace

void start_blocking(const RunBlocking& run, Respond respond,
                    std::function<Result<>(const Respond&)> start) {
  run([respond = std::move(respond), start = std::move(start)](const Result<>& admitted) {
    if (!admitted) return respond(too_busy());
    if (const auto started = start(respond); !started) respond(error_response(started.error()));
  });
}

void answer_blocking(const RunBlocking& run, Respond respond,
                     std::function<Result<HttpResponse>()> work) {
  start_blocking(run, std::move(respond),
                 [work = std::move(work)](const Respond& answer) -> Result<> {
                   SS_ASSIGN(HttpResponse response, work());
                   answer(std::move(response));
                   return {};
                 });
}

}  // namespace studiosync::server
