// The shapes that the API's description refers to.
#pragma once

#include "core/base/json.hpp"

namespace studiosync::server {

// By name; those of records are made from the registry.
Json openapi_schemas();

}  // namespace studiosync::server
