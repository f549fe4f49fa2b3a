// When operations are meant to start, decided before the run and without looking at the server:
// an open loop, in which a stalled server is charged for everybody who would have come meanwhile.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/random.hpp"

namespace studiosync::load {

// Rising `until`; from the end of the one before, or from zero.
struct RatePhase {
  std::chrono::duration<double> until;
  double per_second = 0;
};
using RateProfile = std::vector<RatePhase>;

// `per_second` for all of it.
RateProfile constant_rate(std::chrono::duration<double> length, double per_second);
// Each phase's rate times `factor`.
RateProfile scaled(RateProfile profile, double factor);
// How many operations it asks for.
double operations_in(const RateProfile& profile);

enum class Spacing : std::uint8_t {
  even,     // evenly within a phase
  poisson,  // as independent users come: exponential gaps
  at_once,  // all of a phase at its begin
};
std::optional<Spacing> parse_spacing(std::string_view name) noexcept;
std::string_view to_string(Spacing spacing) noexcept;

// Not thread-safe. One seed gives one schedule.
class Arrivals {
 public:
  // `first` in (0, 1] is how much of an even gap passes before the first, so that several threads
  // that share a rate take turns.
  Arrivals(RateProfile profile, Spacing spacing, Random random, double first = 1);

  // Since the begin, never falling; nothing after the last phase.
  std::optional<std::chrono::microseconds> next();

 private:
  double gap();
  // Where it lies within its phase, if they are spread.
  std::optional<std::chrono::microseconds> next_place();

  RateProfile profile_;
  Spacing spacing_;
  Random random_;
  std::optional<double> first_;
  std::size_t phase_ = 0;
  double seconds_ = 0;
};

}  // namespace studiosync::load
