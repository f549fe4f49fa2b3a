// Lets go of what is old in one user's log, in steps that are small enough for a writer that others
// wait for. Runs on whatever thread owns the UserTxn.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/sync/apply.hpp"
#include "core/sync/user_log.hpp"

namespace studiosync {

inline constexpr Millis one_day{24LL * 3600 * 1000};

struct RetentionRules {
  Millis history{90 * one_day.count};  // of query_history; 0 = all of it is kept
  std::uint64_t history_rows = 1'000;  // the newest of a user; 0 = any number
  // A device that was away for longer reads everything again, see UserState::floor.
  Millis tombstones{30 * one_day.count};
  Millis conflicts{30 * one_day.count};  // the archive, and conflicts since they were resolved
  // A change that a device asks about later than this is taken for a new one.
  Millis results{60 * one_day.count};
};

// Where the next step goes on; a fresh one begins a run.
struct RetentionPlace {
  Seq history;                          // looked at up to here
  std::optional<std::uint64_t> excess;  // rows behind it that are beyond the newest, once counted
};

struct RetentionStep {
  Applied applied;  // the tombstones that this step wrote, for the user's devices
  bool more = false;
};

// Looks at, writes and removes at most `rows_max` rows of each kind. A history entry is as old as
// its row: what a device brings after a week offline is new to the others. Favourites and records
// with an open conflict stay.
RetentionStep apply_retention(UserTxn& log, const RetentionRules& rules, RetentionPlace& place,
                              const ApplyContext& context, std::size_t rows_max);

}  // namespace studiosync
