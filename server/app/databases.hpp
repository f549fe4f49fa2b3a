// The databases of a data folder.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace studiosync::server {

// Their paths: the shards in order, then the accounts. `store_error` for a folder without any, or
// with a gap among the shards.
Result<std::vector<std::string>> databases_of(const std::string& folder);

}  // namespace studiosync::server
