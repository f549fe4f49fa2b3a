// Puts the effective configuration together: defaults, then YAML, then the environment, then flags.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "server/config/config.hpp"

namespace studiosync::server {

struct ConfigSources {
  std::string yaml_file;  // empty: none
  // Looks up an environment variable.
  std::function<std::optional<std::string>(const std::string& name)> environment;
  std::vector<std::string> overrides;  // `limits.uploads_per_minute=20`, leading dashes allowed
};

// `validation_error`, whose message names the setting and where the value came from (file and line,
// variable or "command line"). Values of secrets never occur in it.
Result<Config> load_config(const ConfigSources& sources);

}  // namespace studiosync::server
