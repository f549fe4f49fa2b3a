// What a run does around its measurement, on one thread each: see PhasePart.
#pragma once

#include "loadtest/fleet/team.hpp"
#include "loadtest/results.hpp"

namespace studiosync::load {

// Each user's first device comes online and writes records until the user has `records`.
void preload(Team& team, std::size_t records, std::function<void()> done);

// All devices come online, spread evenly over `ramp`, and read what there is.
void bring_up(Team& team, std::chrono::seconds ramp, std::function<void()> done);

// All devices are online and have nothing left to send or to read, as far as they know.
void settle(Team& team, std::function<void()> done);

// For each user: a new device reads everything back, which must hold what the server has
// acknowledged; and all devices prove by their digests that they have the same. Adds to `found`,
// which the caller must not look at before `done`.
void verify(Team& team, std::shared_ptr<Verification> found, std::function<void()> done);

}  // namespace studiosync::load
