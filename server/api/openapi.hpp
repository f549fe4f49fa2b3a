// The API's description (OpenAPI 3.0.3), served at /api/openapi.json. A test compares it with the
// router's routes.
#pragma once

#include "server/api/router.hpp"

namespace studiosync::server {

Json openapi_document();
void add_openapi_route(Router& router);

}  // namespace studiosync::server
