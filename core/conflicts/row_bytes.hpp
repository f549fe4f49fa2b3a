// How much of a frame a row takes. Pure; any thread.
#pragma once

#include <cstddef>

#include "core/conflicts/version.hpp"

namespace studiosync {

// Of its content and the history of its fields, about: whatever puts rows into a frame counts by it
// when to end. A small record of many fields has more history than content. What every row has
// beside these (limits::row_frame_bytes) is counted by the number of rows.
std::size_t row_bytes(const Record& record) noexcept;

}  // namespace studiosync
