// The ways to make a scenario smaller, one function each. Each goes through the trial's best once
// and leaves a smaller one there, or the same.
#pragma once

#include "e2e/shrink/trial.hpp"

namespace studiosync::e2e {

// Messages instead of bytes, memory instead of SQLite, seed 1. First, as the runs get faster.
void simplify_setting(Trial& trial);
// A user with all devices and all their steps.
void drop_users(Trial& trial);
// A device with its steps and its clones.
void drop_devices(Trial& trial);
// All steps of one kind at once: most faults have nothing to do with a failure.
void drop_kinds(Trial& trial);
void drop_steps(Trial& trial);
// The time between a step and the one before it: none, or half.
void shorten_delays(Trial& trial);
// Skews, spans and numbers: none, or half; no old clients.
void lower_numbers(Trial& trial);
// Fewer fields, shorter texts, fewer expectations in a step.
void simplify_contents(Trial& trial);

}  // namespace studiosync::e2e
