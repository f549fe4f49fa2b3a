// Folders and files that only their owner may read.
#pragma once

#include <string>

#include "core/base/result.hpp"

namespace studiosync::client {

// Makes the folder of `file` with mode 0700, and those above it that are missing. A folder that
// exists keeps its mode: it may be the user's home. A file that exists is taken from everybody else
// (0600).
Result<> make_private(const std::string& file);

}  // namespace studiosync::client
