// All triggers of the validator, joined from the providers' formats and the recognizers.
#pragma once

#include <span>

#include "core/sanitizer/hit.hpp"
#include "core/sanitizer/validator/trigger_index.hpp"

namespace studiosync::validator {

// Built on first use, in well under a millisecond.
const TriggerIndex& trigger_index();

}  // namespace studiosync::validator
