// The two forms of an answer: JSON, and an error as JSON.
#include <algorithm>

#include "core/protocol/codec.hpp"
#include "server/api/for_peer.hpp"
#include "server/api/router.hpp"

namespace studiosync::server {
namespace {

constexpr std::int64_t default_retry_ms = 1'000;

// Seconds, rounded up: a client that obeys is not refused again.
std::string retry_after(const Error& error) {
  const std::int64_t wait_ms = error.retry_after_ms > 0 ? error.retry_after_ms : default_retry_ms;
  return std::to_string((wait_ms + 999) / 1000);
}

}  // namespace

HttpResponse json_response(int status, const Json& body) {
  return {.status = status, .body = body.dump()};
}

HttpResponse error_response(const Error& error) {
  const Error shown = for_peer(error);
  HttpResponse response = json_response(traits(shown.code).http_status, to_json(shown));
  if (response.status == 429 || response.status == 503) {
    response.headers.emplace_back("Retry-After", retry_after(shown));
  }
  if (response.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

}  // namespace studiosync::server
