#include "client/ws/close_error.hpp"

#include <charconv>
#include <optional>
#include <string>

namespace studiosync::client {
namespace {

constexpr int http_codes_base = 4000;  // 4401 mirrors 401
constexpr int message_too_big = 1009;
constexpr int gateway_statuses_begin = 502;

// The code that a status stands for when nothing more is said.
std::optional<ErrorCode> code_of_status(int status) {
  switch (status) {
    case 400:
      return ErrorCode::bad_request;
    case 401:
      return ErrorCode::unauthorized;
    case 403:
      return ErrorCode::forbidden;
    case 404:
      return ErrorCode::not_found;
    case 408:
      return ErrorCode::timeout;
    case 409:
      return ErrorCode::replica_forked;
    case 410:
      return ErrorCode::resync_required;
    case 413:
      return ErrorCode::payload_too_large;
    case 429:
      return ErrorCode::rate_limited;
    case 500:
      return ErrorCode::server_error;
    default:
      break;
  }
  if (status >= gateway_statuses_begin && status < 600) return ErrorCode::service_unavailable;
  return std::nullopt;
}

// `token_expired` for 4401, `device_revoked` for 4403: more than the number says.
ErrorCode refined_by(std::string_view reason, int status, ErrorCode otherwise) {
  const ErrorCode named = error_code_from(reason);
  return to_string(named) == reason && traits(named).http_status == status ? named : otherwise;
}

}  // namespace

Error refused_upgrade(int http_status, std::string_view retry_after) {
  const auto code = code_of_status(http_status);
  Error error{.code = code.value_or(ErrorCode::network_error),
              .message = "the upgrade was answered with " + std::to_string(http_status)};
  std::int64_t seconds = 0;
  std::from_chars(retry_after.data(), retry_after.data() + retry_after.size(), seconds);
  if (seconds > 0) error.retry_after_ms = seconds * 1000;
  return error;
}

Error closed_with(std::uint16_t code, std::string_view reason) {
  const std::string message = "closed with " + std::to_string(code) + " " + std::string(reason);
  if (code == message_too_big) return {.code = ErrorCode::payload_too_large, .message = message};
  const int status = code - http_codes_base;
  const auto by_status = code_of_status(status);
  if (!by_status) return {.code = ErrorCode::network_error, .message = message};
  return {.code = refined_by(reason, status, *by_status), .message = message};
}

}  // namespace studiosync::client
