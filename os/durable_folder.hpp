// Folders and files whose names survive a power cut.
#pragma once

#include <string>

#include "core/base/result.hpp"

namespace studiosync::os {

// Gives a folder its final name, and with it everything in it: whoever looks sees all of it or
// nothing. The files are on the disk already; their names and the folder's are when this returns.
// An empty folder of that name is replaced; `already_exists` for anything else.
Result<> publish_folder(const std::string& unfinished, const std::string& folder);

// Gives a file another name in the same file system, which is on the disk when this returns.
// Nothing is ever replaced: `already_exists`.
Result<> move_file(const std::string& from, const std::string& to);

// What was made, renamed or removed beside `path` is on the disk when this returns.
Result<> sync_folder_of(const std::string& path);

}  // namespace studiosync::os
