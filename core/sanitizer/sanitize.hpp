// The credential firewall: no credential leaves the device, none that arrives is stored.
// Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/schema/registry.hpp"

namespace studiosync {

// What was removed, never the secret itself.
struct Finding {
  std::string rule;  // as `structural.key`
  std::string path;  // JSON path below the record's data, as `$.metadata.ssh.password`
  std::size_t count = 1;
};

// Removes every member whose key names a credential, anywhere in `data` (top level, metadata,
// parameters, unknown fields), whatever the case or separator; everything else stays as it is.
// Deterministic and idempotent.
std::vector<Finding> sanitize(const EntitySpec& spec, Json& data);

}  // namespace studiosync
