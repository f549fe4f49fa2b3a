#include "e2e/shrink/ddmin.hpp"

#include <algorithm>
#include <numeric>

namespace studiosync::e2e {
namespace {

using Indices = std::vector<std::size_t>;

Indices without(const Indices& kept, std::size_t begin, std::size_t end) {
  Indices rest(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(begin));
  rest.insert(rest.end(), kept.begin() + static_cast<std::ptrdiff_t>(end), kept.end());
  return rest;
}

}  // namespace

Indices ddmin(std::size_t count, const std::function<bool(const Indices&)>& still_fails) {
  Indices kept(count);
  std::iota(kept.begin(), kept.end(), std::size_t{0});
  std::size_t chunk = count;
  while (chunk > 0 && !kept.empty()) {
    bool removed = false;
    for (std::size_t end = kept.size(); end > 0;) {
      const std::size_t begin = end - std::min(end, chunk);
      Indices rest = without(kept, begin, end);
      if (still_fails(rest)) {
        kept = std::move(rest);
        removed = true;
      }
      end = begin;
    }
    // Single ones again after a success: what was needed by something else may be free now.
    if (chunk > 1 || !removed) chunk /= 2;
  }
  return kept;
}

}  // namespace studiosync::e2e
