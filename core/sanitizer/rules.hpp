// Everything that the sanitizer looks for, of all layers: for `syncctl scan --explain`, SARIF and
// docs/SANITIZER.md. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/sanitizer/hit.hpp"

namespace studiosync {

// By id.
const std::vector<const Rule*>& all_rules();

// The rule of that id, or nullptr.
const Rule* find_rule(std::string_view id);

// docs/SANITIZER.md: the layers, and a table of all rules.
std::string describe_rules();

}  // namespace studiosync
