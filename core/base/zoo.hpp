// Planted bugs: a check that cannot fail is worth nothing, so each is seen to catch one.
//
//   if (SS_ZOO(tombstone_is_not_sent) && row.deleted) continue;
//
// In the products the condition is the constant false. The harness compiles a variant of the core
// and the stores in which one bug at a time can be switched on by its name (e2e/zoo/).
#pragma once

#ifdef STUDIOSYNC_ZOO

#include <string_view>

namespace studiosync::zoo {

// The bug that is planted now; empty = none. Set between runs only; one thread.
extern std::string_view planted;

}  // namespace studiosync::zoo

#define SS_ZOO(name) (::studiosync::zoo::planted == #name)

#else

#define SS_ZOO(name) false

#endif
