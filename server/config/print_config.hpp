// The configuration for people: `syncd config` and docs/CONFIG.md.
#pragma once

#include <string>

#include "server/config/config.hpp"

namespace studiosync::server {

// YAML that read_yaml accepts, with secrets masked.
std::string config_yaml(const Config& config);

// The page docs/CONFIG.md: one row a setting.
std::string config_markdown();

}  // namespace studiosync::server
