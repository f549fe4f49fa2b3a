// Whether what a change costs stays the same while the records double, and double again.
#pragma once

#include <cstddef>
#include <vector>

#include "bench/stack/figure.hpp"

namespace studiosync::bench {

struct CostAt {
  std::size_t records = 0;
  std::vector<double> cpu_us;  // the server's time on the processors for a change, one a round
};

// One headline a step, against the size before: a knee at the end is not made up for by what was
// flat before it. And one over all steps, so that no step's allowance adds up. A doubling may cost
// 10 %; a step is allowed the scatter of its two sizes' rounds beside, at most 5 %. `sizes` ascend.
std::vector<Headline> growth_headlines(const std::vector<CostAt>& sizes);

}  // namespace studiosync::bench
