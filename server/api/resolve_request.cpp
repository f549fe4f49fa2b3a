#include "server/api/resolve_request.hpp"

#include "core/protocol/codec.hpp"
#include "core/sync/admission.hpp"

namespace studiosync::server {

Result<ResolveRequest> read_resolve_request(std::string_view conflict_id, const Json& body) {
  std::optional<Error> error;
  const ObjectReader in(body, "$", error);
  ResolveRequest request{.resolve = read_decision(std::string(conflict_id), in), .device = {}};
  request.device = {in.text_or_empty("device_id")};
  if (error) return Unexpected(std::move(*error));
  if (!request.device.empty()) SS_TRY(admit_id(request.device.value, "$.device_id"));
  return request;
}

}  // namespace studiosync::server
