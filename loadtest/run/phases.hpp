// What a run does around its measurement, on one thread each: see PhasePart.
#pragma once

#include "loadtest/fleet/team.hpp"
#include "loadtest/results.hpp"
#include "loadtest/self_check.hpp"

namespace studiosync::load {

// What came of one thread's part of a fill.
struct FillPart {
  std::optional<Error> error;  // the first that left an account without all its records
  ThreadUse use;
};
// Each user's account gets `records`, by connections that end with it. The caller must not look at
// `part` before `done`.
void preload(Team& team, std::size_t records, std::shared_ptr<FillPart> part,
             std::function<void()> done);

// All devices come online, spread evenly over `ramp`, and read what there is.
void bring_up(Team& team, std::chrono::seconds ramp, std::function<void()> done);

// All devices that ever came online are there, and have nothing left to send or to read, as far as
// they know.
void settle(Team& team, std::function<void()> done);

// For each user: a new device reads everything back, which must hold what the server has
// acknowledged, and no more than what those have read that kept nothing; and all devices that ever
// came online prove by their digests that they have the same. Adds to `found`, which the caller
// must not look at before `done`.
void verify(Team& team, std::shared_ptr<Verification> found, std::function<void()> done);

}  // namespace studiosync::load
