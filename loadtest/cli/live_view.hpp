// What a run looks like while it goes on: redrawn in place on a terminal, one line a second
// elsewhere.
#pragma once

#include <deque>
#include <memory>
#include <string>

#include "loadtest/run/watcher.hpp"

namespace studiosync::load {

// On standard error; `quiet`: nothing at all.
std::unique_ptr<Watcher> make_live_view(bool quiet);

// For a process that runs together with others: one line on standard output when it is ready to
// measure.
std::unique_ptr<Watcher> make_announcer();

// The last seconds, the latest at the end.
struct LivePast {
  std::deque<std::uint64_t> rates;  // acknowledged edits
  std::deque<std::uint64_t> p99_us;
};

// The lines of the terminal's view.
std::string live_lines(const Snapshot& snapshot, const LivePast& past);
// The line of a log.
std::string live_line(const Snapshot& snapshot);
// Eight heights of a block, scaled to the largest.
std::string sparkline(const std::deque<std::uint64_t>& values);

}  // namespace studiosync::load
