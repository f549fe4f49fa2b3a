// What settings must be together; each one alone is checked by its row of the table.
#pragma once

#include "core/base/result.hpp"
#include "server/config/config.hpp"

namespace studiosync::server {

// `validation_error` with the setting's path.
Result<> check_config(const Config& config);

}  // namespace studiosync::server
