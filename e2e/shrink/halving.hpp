// Smaller numbers, as a person would choose them.
#pragma once

#include <cstdint>

#include "core/base/time.hpp"

namespace studiosync::e2e {

// Tries nothing, then half as long as that goes on failing: `attempt(value)` says whether.
template <class Attempt>
void lower(std::int64_t from, Attempt attempt) {
  if (from == 0 || attempt(std::int64_t{0})) return;
  for (std::int64_t value = from / 2; value != 0 && attempt(value);) value /= 2;
}

// The same of a span: whole seconds where there are any.
template <class Attempt>
void lower(Millis from, Attempt attempt) {
  lower(from.count, [&](std::int64_t ms) {
    const bool seconds = ms >= 1000 || ms <= -1000;
    return attempt(Millis{seconds ? ms - ms % 1000 : ms});
  });
}

}  // namespace studiosync::e2e
