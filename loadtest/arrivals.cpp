#include "loadtest/arrivals.hpp"

#include <cmath>
#include <utility>

namespace studiosync::load {

RateProfile constant_rate(std::chrono::duration<double> length, double per_second) {
  return {{.until = length, .per_second = per_second}};
}

RateProfile scaled(RateProfile profile, double factor) {
  for (RatePhase& phase : profile) phase.per_second *= factor;
  return profile;
}

double operations_in(const RateProfile& profile) {
  double sum = 0;
  double from = 0;
  for (const RatePhase& phase : profile) {
    sum += (phase.until.count() - std::exchange(from, phase.until.count())) * phase.per_second;
  }
  return sum;
}

std::optional<Spacing> parse_spacing(std::string_view name) noexcept {
  if (name == "even") return Spacing::even;
  if (name == "poisson") return Spacing::poisson;
  if (name == "at-once") return Spacing::at_once;
  return std::nullopt;
}

std::string_view to_string(Spacing spacing) noexcept {
  switch (spacing) {
    case Spacing::even:
      return "even";
    case Spacing::poisson:
      return "poisson";
    case Spacing::at_once:
      return "at-once";
  }
  return {};
}

Arrivals::Arrivals(RateProfile profile, Spacing spacing, Random random, double first)
    : profile_(std::move(profile)), spacing_(spacing), random_(random), first_(first) {}

// In operations: the integral of the rate from one arrival to the next.
double Arrivals::gap() {
  if (spacing_ == Spacing::poisson) return -std::log1p(-random_.unit());
  return std::exchange(first_, std::nullopt).value_or(1.0);
}

std::optional<std::chrono::microseconds> Arrivals::next() {
  const auto place = next_place();
  if (!place || spacing_ != Spacing::at_once) return place;
  const double begin = phase_ == 0 ? 0 : profile_[phase_ - 1].until.count();
  return std::chrono::microseconds(std::llround(begin * 1e6));
}

std::optional<std::chrono::microseconds> Arrivals::next_place() {
  double left = gap();
  for (; phase_ < profile_.size(); ++phase_) {
    const RatePhase& phase = profile_[phase_];
    const double rest = (phase.until.count() - seconds_) * phase.per_second;
    if (left <= rest && phase.per_second > 0) {
      seconds_ += left / phase.per_second;
      return std::chrono::microseconds(std::llround(seconds_ * 1e6));
    }
    left -= std::max(rest, 0.0);
    seconds_ = phase.until.count();
  }
  return std::nullopt;
}

}  // namespace studiosync::load
