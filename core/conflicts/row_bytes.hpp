// How much of a frame a row takes. Pure; any thread.
#pragma once

#include <cstddef>

#include "core/conflicts/version.hpp"

namespace studiosync {

// About, and of a long one hardly less than it takes: whatever puts rows into a frame counts by it
// when to end. A small record of many fields has more history than content.
std::size_t row_bytes(const Record& record) noexcept;

}  // namespace studiosync
