// A user's conflict strategies as JSON. Pure; any thread.
#pragma once

#include "core/sync/user_log.hpp"

namespace studiosync::server {

// {"policies":{…}}: every type with the strategy in force, chosen or the registry's.
Json policies_json(const Policies& chosen);

// Those that {"policies":{…}} names. `validation_error` with the path for an unknown type or
// strategy, or one that the type does not allow.
Result<Policies> read_policies(const Json& body);

}  // namespace studiosync::server
