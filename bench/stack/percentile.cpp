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
