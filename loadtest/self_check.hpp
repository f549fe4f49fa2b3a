// Whether a run says something about the server, or only about the machine that made the load.
#pragma once

#include "loadtest/results.hpp"

namespace studiosync::load {

// Below this share of the schedule the load was not what was asked for.
inline constexpr double achieved_share_min = 0.98;
// A thread that is busier than this in any second queues its own work, and times the queue as if it
// were the server's.
inline constexpr double busy_share_max = 0.90;
// Operations that start late (p99), and threads that wait for a processor (on average), distort
// what is measured where that is so much of the latency (of its p99, and of its median) ...
inline constexpr double lag_share_max = 0.20;
// ... and more than this, which a machine's scheduler alone may need.
inline constexpr double lag_us_max = 1'000;

// What a thread of the generator had of the processors.
struct ThreadUse {
  // Share of its time on one, or waiting for one: one that always has something to do is at its end
  // also where it shares the processor. 0 to 1.
  double busy = 0;
  double busiest_second = 0;  // the same of its busiest second
  double wait_us = 0;         // for one, each time that it had something to do; on average
  // Keeps the greater of each.
  void raise(const ThreadUse& other);
};

// From the intervals, the measured time, and the most that any thread had.
SelfCheck check_generator(const Results& results, const ThreadUse& most);

// The records of before are not what a run is about, until a threshold asks how fast they came:
// makes the result invalid where they came as fast as the generator could write them.
void check_fill(Results& results);

// A threshold was missed by a latency: makes the result invalid where operations that started late,
// by the same statistic, took much of it.
void check_lateness(const std::string& metric, double lag_us, double latency_us, Results& results);

}  // namespace studiosync::load
