// The folder that holds the shards: who may use it, and how many shards it has.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/result.hpp"
#include "os/file_lock.hpp"

namespace studiosync::server {

// Keeps other processes out of the folder while the lock lives. Makes the folder (mode 0700) when
// it is missing. `store_locked` when another server uses it.
Result<os::FileLock> lock_data_folder(const std::string& folder);

// `shard-0`, as its file is called without the ending.
std::string shard_name(std::uint32_t number);
std::string shard_path(const std::string& folder, std::uint32_t number);

// The number of shard files, which are numbered from 0 without a gap; a gap is a `store_error`.
Result<std::uint32_t> count_shards(const std::string& folder);
// Of a folder that only SQLite's operating system `vfs` knows, which cannot be listed: those before
// the first gap.
Result<std::uint32_t> count_shards(const std::string& folder, const std::string& vfs);

}  // namespace studiosync::server
