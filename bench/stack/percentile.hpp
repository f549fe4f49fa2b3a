// Order statistics of measured durations.
#pragma once

#include <chrono>
#include <vector>

namespace studiosync::bench {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr double micros(Seconds seconds) noexcept {
  return seconds.count() * 1e6;
}

// The smallest sample that at least `percent` per cent of all do not exceed (nearest rank).
// `samples` must not be empty; `percent` is in (0, 100].
Seconds percentile(std::vector<Seconds> samples, double percent);

// How far the percentile wanders within one run, as a share of it: half the interquartile range of
// the percentiles of ten consecutive parts. Smaller differences between two runs say nothing.
double noise(const std::vector<Seconds>& samples, double percent);
// The same of few values, each a measurement of its own.
double noise(const std::vector<double>& values);

// Of an even number of samples, the mean of the middle two.
double median(std::vector<double> values);
Seconds median(const std::vector<Seconds>& samples);

}  // namespace studiosync::bench
