// The gate in front of the log: what may be stored at all, and in which form. Pure.
#pragma once

#include <string>
#include <string_view>

#include "core/base/fields.hpp"
#include "core/base/result.hpp"
#include "core/schema/registry.hpp"
#include "core/schema/validate.hpp"

namespace studiosync {

struct Admitted {
  std::string id;  // a preference's follows from its key
  Fields fields;   // sanitized and canonical
};

// Sanitizes, validates, refuses what must never leave a device, and has the result checked once
// more. `validation_error`, `credential_leaked`, each with the path below `path`.
Result<Admitted> admit(const EntitySpec& spec, std::string_view id, Json data,
                       Completeness completeness, std::string_view path);

// The type named on the wire, if a user may write it.
Result<EntityType> admit_type(std::string_view wire_name, std::string_view path);

}  // namespace studiosync
