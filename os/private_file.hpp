// Folders and small files that are their owner's alone.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace studiosync::os {

// The whole file; nothing when there is none. `forbidden` when somebody else owns or may read it,
// `validation_error` when it is longer than `bytes_max`.
Result<std::optional<std::string>> read_private_file(const std::string& path,
                                                     std::size_t bytes_max);

// Mode 0600. A reader sees the old file or the new one, also after a power cut; it is on the disk
// when this returns. On failure the old one stays.
Result<> write_private_file(const std::string& path, std::string_view text);

// Makes the folder with mode 0700, and those above it that are missing. One that exists keeps its
// mode: it may be the user's home.
Result<> make_private_folder(const std::string& folder);

}  // namespace studiosync::os
