// The name of a conflicted copy.
#pragma once

#include <string>
#include <string_view>

namespace studiosync {

// `Orders` → `Orders (conflicted copy - laptop)`; a copy of a copy is numbered, not nested:
// `Orders (conflicted copy - laptop 2)`. Cut at a character boundary to fit `bytes_max`.
std::string copy_name(std::string_view name, std::string_view device_name, std::size_t bytes_max);

}  // namespace studiosync
