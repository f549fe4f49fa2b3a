#include "server/api/for_peer.hpp"

#include "core/sync/admission.hpp"

namespace studiosync::server {
namespace {

constexpr int server_error_status = 500;

// Nor is it for the peer what a code without a status is about.
bool internal(ErrorCode code) noexcept {
  const int status = traits(code).http_status;
  return status == 0 || status == server_error_status;
}

}  // namespace

Error for_peer(const Error& error) {
  if (internal(error.code) || error.code == ErrorCode::store_locked) {
    return {.code = internal(error.code) ? ErrorCode::server_error : ErrorCode::service_unavailable,
            .message = "the server cannot do this right now"};
  }
  Error shown = error;
  shown.message = without_credentials(error.message);
  shown.path = without_credentials(error.path);
  return shown;
}

}  // namespace studiosync::server
