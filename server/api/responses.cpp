// The two forms of an answer: JSON, and an error as JSON.
#include <algorithm>

#include "core/protocol/codec.hpp"
#include "core/sync/admission.hpp"
#include "server/api/router.hpp"

namespace studiosync::server {
namespace {

constexpr std::int64_t default_retry_ms = 1'000;

int status_of(ErrorCode code) {
  const int status = traits(code).http_status;
  return status == 0 ? 500 : status;
}

// Seconds, rounded up: a client that obeys is not refused again.
std::string retry_after(const Error& error) {
  const std::int64_t wait_ms = error.retry_after_ms > 0 ? error.retry_after_ms : default_retry_ms;
  return std::to_string((wait_ms + 999) / 1000);
}

// What went wrong inside is for the log, not for the peer. A path can hold a key of the peer's.
Error for_peer(const Error& error) {
  const bool internal = status_of(error.code) == 500 || error.code == ErrorCode::store_locked;
  if (!internal) {
    Error shown = error;
    shown.message = without_credentials(error.message);
    shown.path = without_credentials(error.path);
    return shown;
  }
  return {.code = status_of(error.code) == 500 ? ErrorCode::server_error
                                               : ErrorCode::service_unavailable,
          .message = "the server cannot do this right now"};
}

}  // namespace

HttpResponse json_response(int status, const Json& body) {
  return {.status = status, .body = body.dump()};
}

HttpResponse error_response(const Error& error) {
  const Error shown = for_peer(error);
  HttpResponse response = json_response(status_of(shown.code), to_json(shown));
  if (response.status == 429 || response.status == 503) {
    response.headers.emplace_back("Retry-After", retry_after(shown));
  }
  if (response.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

}  // namespace studiosync::server
