// The errors that cross an interface: one code, its HTTP status, and whether a retry can help.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace studiosync {

// A code exists only where a caller can react to it. The wire name is the enumerator's name.
enum class ErrorCode : std::uint8_t {
  // Categories that the sync engine reacts to (docs/PROTOCOL.md section 10).
  network_error,
  timeout,
  connection_refused,
  version_conflict,
  validation_error,
  credential_leaked,
  quota_exceeded,
  unauthorized,
  token_expired,
  forbidden,
  rate_limited,
  server_error,
  service_unavailable,
  resync_required,
  replica_forked,
  // Answers of single routes and results.
  bad_request,
  not_found,
  method_not_allowed,
  already_exists,
  payload_too_large,
  change_id_reused,
  record_gone,
  device_revoked,
  // Only inside a process.
  store_error,
  store_locked,
  mass_delete_held,   // a delete among so many that the user is asked first
  sweep_unconfirmed,  // a resync would take so many records away that the user is asked first
};

struct ErrorTraits {
  std::string_view name;
  int http_status;  // 0 where the code never leaves the process
  bool retryable;   // the same request can succeed later without anybody's intervention
};

const ErrorTraits& traits(ErrorCode code) noexcept;
inline std::string_view to_string(ErrorCode code) noexcept {
  return traits(code).name;
}

// The code with this wire name; server_error for a name that we do not know.
ErrorCode error_code_from(std::string_view name) noexcept;

// Whether the failed call can have had its effect. Only `certainly_not` allows an outbox to forget.
enum class Effect : std::uint8_t { certainly_not, maybe };

struct Error {
  ErrorCode code = ErrorCode::server_error;
  std::string message{};  // for a person; never holds a secret or a record's content
  std::string path{};     // JSON path of the offending value, as `$.changes[3].data.port`
  std::string rule{};     // the sanitizer rule behind credential_leaked
  std::int64_t retry_after_ms = 0;
  Effect effect = Effect::certainly_not;

  bool retryable() const noexcept { return traits(code).retryable; }
};

}  // namespace studiosync
