// What the validator refuses, for the documentation. Pure; any thread.
#pragma once

#include <span>

#include "core/sanitizer/hit.hpp"

namespace studiosync {

// All rules of check_clean. The first three are about JSON as such: their examples are contents;
// those of all others are texts that it refuses within a string.
std::span<const Rule* const> validator_rules();

}  // namespace studiosync
