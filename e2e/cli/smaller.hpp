// The smallest scenario that fails in the same way.
#pragma once

#include "e2e/shrink/shrink.hpp"

namespace studiosync::e2e {

// `failing` names the rule in `breaks`, and the bug to be planted in `bug`, if any. With a bug, a
// smaller scenario must fail (see Failure) with it and break nothing without it. The smallest that
// was found in that time, or until a StopSignal came; says on a terminal how far it is.
Smallest smaller(const Scenario& failing, Millis time_max = Millis{300'000});

}  // namespace studiosync::e2e
