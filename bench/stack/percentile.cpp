#include "bench/stack/percentile.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/check.hpp"

namespace studiosync::bench {

Seconds percentile(std::vector<Seconds> samples, double percent) {
  SS_CHECK(!samples.empty() && percent > 0 && percent <= 100);
  std::ranges::sort(samples);
  const double rank = std::ceil(percent / 100 * static_cast<double>(samples.size()));
  return samples[static_cast<std::size_t>(rank) - 1];
}

double noise(const std::vector<double>& values) {
  std::vector<double> sorted = values;
  std::ranges::sort(sorted);
  const std::size_t quarter = sorted.size() / 4;
  return (sorted[sorted.size() - 1 - quarter] - sorted[quarter]) / 2 / median(values);
}

double noise(const std::vector<Seconds>& samples, double percent) {
  const std::size_t parts = std::min<std::size_t>(10, samples.size());
  std::vector<double> values;
  for (std::size_t part = 0; part < parts; ++part) {
    const auto at = [&](std::size_t p) {
      return samples.begin() + static_cast<std::ptrdiff_t>(p * samples.size() / parts);
    };
    values.push_back(percentile({at(part), at(part + 1)}, percent).count());
  }
  return noise(values);
}

double median(std::vector<double> values) {
  SS_CHECK(!values.empty());
  std::ranges::sort(values);
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

Seconds median(const std::vector<Seconds>& samples) {
  std::vector<double> values;
  for (const Seconds sample : samples) values.push_back(sample.count());
  return Seconds{median(std::move(values))};
}

}  // namespace studiosync::bench
