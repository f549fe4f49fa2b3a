// Planted secrets on the server's disk, and in what programs wrote down about their work.
#pragma once

#include <string>
#include <vector>

#include "e2e/history/event.hpp"

namespace studiosync::e2e {

// In the files of the server and in all logs of a run; each secret once a file. The server has
// stopped. Devices keep theirs: their databases are not looked at.
std::vector<Leaked> leaks_in(const std::string& run_folder);

}  // namespace studiosync::e2e
