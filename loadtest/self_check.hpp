// Whether a run says something about the server, or only about the machine that made the load.
#pragma once

#include "loadtest/results.hpp"

namespace studiosync::load {

// Below this share of the schedule the load was not what was asked for.
inline constexpr double achieved_share_min = 0.98;
// A thread busier than this queues its own work, and times the queue as if it were the server's.
inline constexpr double busy_share_max = 0.90;
// Operations that start later than this (p99) distort what is measured, unless that is much longer
// (`lag_share_max` of the latency's own p99).
inline constexpr std::uint64_t lag_us_max = 10'000;
inline constexpr double lag_share_max = 0.20;

// From the intervals, the measured time, and the busiest thread's share of its time on a processor
// (0 to 1).
SelfCheck check_generator(const Results& results, double busiest_thread);

}  // namespace studiosync::load
