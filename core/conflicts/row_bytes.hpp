// What a row of the log takes in a frame.
#pragma once

#include <cstddef>

#include "core/conflicts/version.hpp"

namespace studiosync {

// Of its content and the history of its fields, about; for bounds on pages and answers. A small
// record of many fields has more history than content. Pure; any thread.
std::size_t row_bytes(const Record& record) noexcept;

}  // namespace studiosync
