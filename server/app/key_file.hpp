// The keys of a folder that is looked at or copied, not served.
#pragma once

#include <optional>
#include <string>

#include "core/base/result.hpp"

namespace studiosync::server {

// What the file holds; nothing when there is none. Unlike load_secret(), whoever owns it: a copy is
// read by whoever may read it, as a backup that root made, or that lies on a share.
Result<std::optional<std::string>> read_key_file(const std::string& file);

}  // namespace studiosync::server
