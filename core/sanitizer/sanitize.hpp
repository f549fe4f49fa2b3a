// The credential firewall: no credential leaves the device, none that arrives is stored.
// Pure; any thread.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "core/sanitizer/hit.hpp"
#include "core/schema/registry.hpp"

namespace studiosync {

// What was removed, never the secret itself.
struct Finding {
  std::string rule;  // as `structural.key`
  std::string path;  // JSON path below the record's data, as `$.metadata.ssh.password`
  std::size_t count = 1;
};

// Takes the credentials out of a record's data. Members whose key names a credential, anywhere
// (top level, metadata, parameters, unknown fields), are removed; in every text, the credentials
// alone are replaced by [REDACTED]: SQL fields are read as SQL, all others as prose that may hold
// SQL. Everything else stays as it is. Deterministic and idempotent.
std::vector<Finding> sanitize(const EntitySpec& spec, Json& data);

// The rules of the structural layer.
std::span<const Rule* const> structural_rules() noexcept;

}  // namespace studiosync
