#include "client/cli/exit_code.hpp"

namespace studiosync::client {

int exit_code_of(const Error& error) noexcept {
  switch (error.code) {
    case ErrorCode::bad_request:
    case ErrorCode::validation_error:
    case ErrorCode::already_exists:
    case ErrorCode::payload_too_large:
      return exit_usage;
    case ErrorCode::resync_required:
    case ErrorCode::replica_forked:
    case ErrorCode::network_error:
    case ErrorCode::connection_refused:
    case ErrorCode::service_unavailable:
    case ErrorCode::rate_limited:
    case ErrorCode::server_error:
      return exit_network;
    case ErrorCode::unauthorized:
    case ErrorCode::token_expired:
    case ErrorCode::forbidden:
    case ErrorCode::device_revoked:
      return exit_auth;
    case ErrorCode::version_conflict:
    case ErrorCode::sweep_unconfirmed:
      return exit_conflicts;
    case ErrorCode::credential_leaked:
    case ErrorCode::quota_exceeded:
    case ErrorCode::change_id_reused:
    case ErrorCode::mass_delete_held:
      return exit_rejected;
    case ErrorCode::store_error:
    case ErrorCode::store_locked:
      return exit_store;
    case ErrorCode::not_found:
    case ErrorCode::record_gone:
      return exit_not_found;
    case ErrorCode::timeout:
      return exit_timeout;
    case ErrorCode::method_not_allowed:
      break;
  }
  return exit_internal;
}

}  // namespace studiosync::client
