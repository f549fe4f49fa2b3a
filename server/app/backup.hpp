// Copies of a data folder, and back: `syncd backup --data DIR --to DIR2`, `syncd restore DIR2
// --data DIR`.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "core/base/result.hpp"

namespace studiosync::server {

struct BackupSummary {
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
};

// The file that is being copied, and how far it is.
using BackupView =
    std::function<void(const std::string& name, std::int64_t done_pages, std::int64_t total_pages)>;

// Copies every database of `data`, and the key of its passwords where it has one (see
// key_paths.hpp), into the new folder `to` (mode 0700), under their own names. A
// syncd may serve `data` meanwhile: what it answered before the call is in the copy. `to` gets its
// name when all of it is on the disk, so a folder of that name is a whole copy; on failure nothing
// stays. `already_exists` when `to` holds anything, `store_error` when `data` has no databases.
Result<BackupSummary> back_up_folder(const std::string& data, const std::string& to,
                                     const BackupView& view = {});

// Makes the data folder `data` from the copy `backup`, after a look at all of it (see check.hpp).
// The same promises and errors; `store_error` also for a copy that is damaged. The key of the
// tokens is in no copy.
Result<BackupSummary> restore_folder(const std::string& backup, const std::string& data,
                                     const BackupView& view = {});

}  // namespace studiosync::server
