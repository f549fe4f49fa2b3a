// A sanitizer that can be upgraded while a device is running.
#pragma once

namespace studiosync::testing {

// 0: weaker rules, which leave everything. 1 and 2 redact <secret> in texts to <1> and <2>.
extern int rule_set;

}  // namespace studiosync::testing
