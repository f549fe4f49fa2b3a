#include "core/base/error.hpp"

#include <array>
#include <cstddef>

namespace studiosync {
namespace {

constexpr std::array<ErrorTraits, 27> table{{
    {"network_error", 0, true},         {"timeout", 408, true},
    {"connection_refused", 0, true},    {"version_conflict", 409, false},
    {"validation_error", 400, false},   {"credential_leaked", 422, false},
    {"quota_exceeded", 507, false},     {"unauthorized", 401, false},
    {"token_expired", 401, false},      {"forbidden", 403, false},
    {"rate_limited", 429, true},        {"server_error", 500, true},
    {"service_unavailable", 503, true}, {"resync_required", 410, false},
    {"replica_forked", 409, false},     {"bad_request", 400, false},
    {"not_found", 404, false},          {"method_not_allowed", 405, false},
    {"already_exists", 409, false},     {"payload_too_large", 413, false},
    {"change_id_reused", 409, false},   {"record_gone", 410, false},
    {"device_revoked", 403, false},     {"store_error", 500, true},
    {"store_locked", 503, true},        {"mass_delete_held", 0, false},
    {"sweep_unconfirmed", 0, false},
}};

}  // namespace

const ErrorTraits& traits(ErrorCode code) noexcept {
  return table[static_cast<std::size_t>(code)];
}

ErrorCode error_code_from(std::string_view name) noexcept {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table[i].name == name) return static_cast<ErrorCode>(i);
  }
  return ErrorCode::server_error;
}

}  // namespace studiosync
