#include "loadtest/report/scale.hpp"

#include <algorithm>
#include <cmath>

namespace studiosync::load {
namespace {

constexpr double marks_wanted = 4;

// The smallest of 1, 2, 2.5 and 5 times a power of ten that is not below.
double round_step(double step) {
  const double power = std::pow(10, std::floor(std::log10(step)));
  for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
    if (step <= factor * power * (1 + 1e-9)) return factor * power;
  }
  return 10 * power;
}

}  // namespace

Scale Scale::linear(double largest) {
  Scale scale;
  const double step = round_step(std::max(largest, 1e-9) / marks_wanted);
  const double steps = std::max(1.0, std::ceil(largest / step - 1e-9));
  scale.high_ = step * steps;
  for (double i = 0; i <= steps; ++i) scale.marks_.push_back(step * i);
  return scale;
}

Scale Scale::up_to(double largest) {
  Scale scale = linear(largest);
  scale.high_ = largest;
  std::erase_if(scale.marks_, [largest](double mark) { return mark > largest * (1 + 1e-9); });
  return scale;
}

Scale Scale::logarithmic(double smallest, double largest) {
  Scale scale;
  scale.logarithmic_ = true;
  const double first = std::floor(std::log10(std::max(smallest, 1e-9)));
  const double last = std::max(first + 1, std::ceil(std::log10(std::max(largest, 1e-9)) - 1e-9));
  scale.low_ = std::pow(10, first);
  scale.high_ = std::pow(10, last);
  const bool few = last - first <= 2;
  for (double decade = first; decade <= last; ++decade) {
    scale.marks_.push_back(std::pow(10, decade));
    if (!few || decade == last) continue;
    for (const double factor : {2.0, 5.0}) scale.marks_.push_back(factor * std::pow(10, decade));
  }
  return scale;
}

double Scale::place(double value) const noexcept {
  const double share = logarithmic_ ? (std::log(std::max(value, low_)) - std::log(low_)) /
                                          (std::log(high_) - std::log(low_))
                                    : (value - low_) / (high_ - low_);
  return std::clamp(share, 0.0, 1.0);
}

}  // namespace studiosync::load
