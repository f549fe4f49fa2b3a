// The lines of base64 of a key, with what stands between them. Pure; any thread.
#pragma once

#include <cstddef>
#include <limits>
#include <string_view>

#include "core/sanitizer/hit.hpp"

namespace studiosync {

struct BodyLimits {
  std::size_t end = std::numeric_limits<std::size_t>::max();    // of the text to look at
  std::size_t lines = std::numeric_limits<std::size_t>::max();  // as far as they are known
  // Whether the body is known to reach to `end`. If not, it ends before the first line that is too
  // short to be one, so that the prose behind it stays.
  bool closed = false;
};

// Adds a hit for the body that begins at `at`, or several where quotes or comment signs stand
// between its lines. Returns where it stopped.
std::size_t add_body_hits(Hits& hits, const Rule& rule, std::string_view text, std::size_t at,
                          const BodyLimits& limits);

}  // namespace studiosync
