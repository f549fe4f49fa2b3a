// The end of what a program prints.
#pragma once

#include "core/base/result.hpp"

namespace studiosync::os {

// Sends out what is still buffered. `store_error` when any of it since the start was not taken: a
// full disk behind `> FILE`, which no write by itself tells. Called once, by the main thread, at
// the end.
Result<> finish_standard_output();

}  // namespace studiosync::os
