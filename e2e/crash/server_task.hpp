// What one task of the server's workload does to a user's log.
#pragma once

#include "core/base/random.hpp"
#include "core/base/time.hpp"
#include "server/store/store.hpp"

namespace studiosync::e2e {

// Made up for the log as it is now; each run of it is the same. Mostly a push, and else what writes
// in other ways: retention, what a device gives back after a restore, a reset. Where the log has it
// already it changes nothing, as it is with requests that devices repeat.
server::Store::Job plan_task(Random& random, UserReader& log, UserId user, WallTime now);

}  // namespace studiosync::e2e
