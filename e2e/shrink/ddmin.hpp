// Delta debugging (Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input",
// 2002): which of `count` things are needed.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

namespace studiosync::e2e {

// Takes chunks away, large ones first, the last ones first, as later things tend to need earlier
// ones. Of ddmin's two halves this is the one that tests complements, going on where it is after a
// success instead of starting over. `still_fails` is asked about the indices that would be left,
// ascending. When it is monotonous the result is minimal; in any case no single thing can be taken
// away. If even nothing is enough, the result is empty.
std::vector<std::size_t> ddmin(
    std::size_t count, const std::function<bool(const std::vector<std::size_t>&)>& still_fails);

}  // namespace studiosync::e2e
