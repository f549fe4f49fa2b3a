#include "loadtest/capacity.hpp"

#include "loadtest/units.hpp"

namespace studiosync::load {
namespace {

// The lowest rate above the one that was found at which a trial did not hold.
const Trial* lowest_failed(const Capacity& capacity) noexcept {
  const Trial* lowest = nullptr;
  for (const Trial& trial : capacity.trials) {
    if (trial.held() || trial.rate <= capacity.rate) continue;
    if (lowest == nullptr || trial.rate < lowest->rate) lowest = &trial;
  }
  return lowest;
}

}  // namespace

std::string_view to_string(CapacityLimit limit) noexcept {
  switch (limit) {
    case CapacityLimit::server:
      return "server";
    case CapacityLimit::generator:
      return "generator";
    default:
      return "trials";
  }
}

CapacityLimit Capacity::limited_by() const noexcept {
  const Trial* failed = lowest_failed(*this);
  if (failed == nullptr) return CapacityLimit::trials;
  if (!failed->valid) return CapacityLimit::generator;
  const bool near = rate == 0 || failed->rate / rate <= precision;
  return near ? CapacityLimit::server : CapacityLimit::trials;
}

std::string outcome_of(const Trial& trial) {
  if (!trial.valid) return "invalid: the generator was at its end";
  if (trial.met) return "held";
  return trial.missed.empty() ? "missed" : "missed " + trial.missed;
}

std::string finding_of(const Capacity& capacity) {
  const CapacityLimit limit = capacity.limited_by();
  const std::string with = " with " + capacity.objective;
  if (capacity.rate == 0) {
    return "no rate" + with +
           (limit == CapacityLimit::generator ? " that this generator can make" : "");
  }
  const std::string highest = "highest rate" + with + ": " + rate_of(capacity.rate);
  switch (limit) {
    case CapacityLimit::generator:
      return highest + " or more: beyond it the generator was at its end";
    case CapacityLimit::trials:
      return highest + " or more: the search ended before it was found";
    default:
      return highest;
  }
}

}  // namespace studiosync::load
