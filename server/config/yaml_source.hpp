// Reads settings from YAML text. The only place that knows yaml-cpp.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "server/config/assignment.hpp"

namespace studiosync::server {

// The settings in the order of the file. `file` goes into origins and errors.
// `validation_error` for a malformed text, an unknown key (with the nearest known one) or one given
// twice.
Result<std::vector<Assignment>> read_yaml(const std::string& text, const std::string& file);

}  // namespace studiosync::server
