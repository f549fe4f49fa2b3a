// The body of a conflict's resolution. Pure; any thread.
#pragma once

#include "core/protocol/message.hpp"

namespace studiosync::server {

struct ResolveRequest {
  Resolve resolve;
  DeviceId device;  // who decides; empty when the request does not say
};

// `validation_error` with the path; the strategy is looked at first.
Result<ResolveRequest> read_resolve_request(std::string_view conflict_id, const Json& body);

}  // namespace studiosync::server
