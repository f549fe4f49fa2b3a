#include "loadtest/run/find_max.hpp"

namespace studiosync::load {
namespace {

constexpr double rate_min = 0.1;

}  // namespace

Capacity find_max(const TrialRun& run, double first, std::size_t trials_max) {
  Capacity capacity;
  double held = 0;               // the highest rate that is known to hold
  std::optional<double> failed;  // the lowest that is known not to
  double rate = first;
  while (capacity.trials.size() < trials_max && rate >= rate_min) {
    const std::optional<Trial> trial = run(rate);
    if (!trial) break;
    capacity.trials.push_back(*trial);
    if (trial->held()) {
      held = rate;
    } else {
      failed = rate;
    }
    if (!failed) {
      rate *= 2;
    } else if (held == 0) {
      rate /= 2;
    } else if (*failed / held <= Capacity::precision) {
      break;
    } else {
      rate = (held + *failed) / 2;
    }
  }
  capacity.rate = held;
  return capacity;
}

}  // namespace studiosync::load
