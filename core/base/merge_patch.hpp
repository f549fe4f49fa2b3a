// A JSON merge patch (RFC 7396) of one level: an object within an object is replaced as a whole, as
// a field of a record is. Pure; any thread.
#pragma once

#include "core/base/json.hpp"

namespace studiosync {

// `target` with the members of `patch`, both objects; one that is null there is removed.
Json merge_patch(Json target, const Json& patch);

}  // namespace studiosync
