// Whether a data folder, or a copy of one, is whole: `syncd check --data DIR`.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace studiosync::server {

// Reads every page of every database, compares what is stored in two places, and looks whether the
// accounts know every user of the shards (see user_numbers.hpp) and the keys that are there can be
// read. A syncd may serve the folder meanwhile. Returns what is wrong, one finding an entry, each
// with the file's name;
// none for a folder that is whole. `store_error` when it cannot be read at all.
Result<std::vector<std::string>> check_folder(const std::string& folder);

}  // namespace studiosync::server
