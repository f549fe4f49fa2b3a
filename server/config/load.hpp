// Puts the effective configuration together: defaults, then YAML, then the environment, then flags.
#pragma once

#include <cstdint>
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

// What the configuration is for. Work on the data folder needs nothing that `check_config` demands
// of a server: a backup must not fail for want of the secrets.
enum class Purpose : std::uint8_t { serving, data_folder };

// `validation_error`, whose message names the setting and where the value came from (file and line,
// variable or "command line"). Values of secrets never occur in it.
Result<Config> load_config(const ConfigSources& sources, Purpose purpose = Purpose::serving);

}  // namespace studiosync::server
