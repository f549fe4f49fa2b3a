// What other devices get redacted of a record, for people and for scripts.
#pragma once

#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "core/sanitizer/sanitize.hpp"

namespace studiosync::client {

// [{"rule","path","count"}]; `syncctl scan --explain RULE` tells more.
Json redactions_json(const std::vector<Finding>& findings);

// `redacted in the cloud: sql.password_clause at $.query`, a line each.
std::string redactions_text(const std::vector<Finding>& findings);

// Names of fields as `a, b`; one may be a credential, too.
std::string fields_text(const std::vector<std::string>& fields);
Json fields_json(const std::vector<std::string>& fields);

}  // namespace studiosync::client
