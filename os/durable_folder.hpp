// Folders whose names survive a power cut.
#pragma once

#include <string>

#include "core/base/result.hpp"

namespace studiosync::os {

// Gives a folder its final name, and with it everything in it: whoever looks sees all of it or
// nothing. The files are on the disk already; their names and the folder's are when this returns.
// An empty folder of that name is replaced; `already_exists` for anything else.
Result<> publish_folder(const std::string& unfinished, const std::string& folder);

}  // namespace studiosync::os
