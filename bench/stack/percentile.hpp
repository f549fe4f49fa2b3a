// Order statistics of measured durations.
#pragma once

#include <chrono>
#include <vector>

namespace studiosync::bench {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

// The smallest sample that at least `percent` per cent of all do not exceed (nearest rank).
// `samples` must not be empty; `percent` is in (0, 100].
Seconds percentile(std::vector<Seconds> samples, double percent);

// Of an even number of samples, the mean of the middle two.
double median(std::vector<double> values);
Seconds median(const std::vector<Seconds>& samples);

}  // namespace studiosync::bench
