// Secrets that a workload plants: each in a form that no dictionary knows, so that it is found
// wherever it gets to.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace studiosync::e2e {

// Those that occur in the bytes, in their order, as often as they do.
std::vector<std::string> canaries_in(std::string_view bytes);

}  // namespace studiosync::e2e
