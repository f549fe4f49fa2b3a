// How often which duration was measured.
#pragma once

#include <string>
#include <string_view>

#include "loadtest/histogram.hpp"

namespace studiosync::load {

// Bars over a logarithmic axis, with the percentiles that people ask for. Not for an empty one.
std::string draw_distribution(std::string_view title, std::string_view note,
                              const Histogram& histogram);

}  // namespace studiosync::load
