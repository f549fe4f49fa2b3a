// A secret that outlives restarts: a file of mode 0600 in the data folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace studiosync::server {

// Whether a file with this text holds a secret that load_or_create_secret() has made.
bool is_secret(std::string_view text);

// The file's secret; nothing when there is no file. Refuses what load_or_create_secret() refuses.
Result<std::optional<std::string>> load_secret(const std::string& path);

// The file's secret, or a new random one of 256 bits as 64 hexadecimal digits, stored durably
// before this returns. Refuses a file that others own or may read (`forbidden`) and one that holds
// no such secret (`validation_error`). One process at a time: the data folder's lock is held.
Result<std::string> load_or_create_secret(const std::string& path);

}  // namespace studiosync::server
