// Copies a whole database while others read and write it.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "core/base/result.hpp"
#include "sqlite/database.hpp"

namespace studiosync::sqlite {

// Called now and then with the pages copied and the pages there are.
using BackupProgress = std::function<void(std::int64_t done, std::int64_t total)>;

// Copies one moment of `from`, page for page, into the new file `path` (mode 0600), which is on the
// disk, as is its name, when this returns. It has no write-ahead log until it is opened for
// writing, so that it can be read where nothing can be written. The moment is that of the call:
// what was committed before is in the copy, what is committed meanwhile is not. Writers do not
// wait; their write-ahead log cannot start anew until the end. `from` must not be in a transaction.
// `already_exists` when there is a file; after any other failure there is none, as far as the disk
// lets it be removed.
Result<> back_up(Database& from, const std::string& path, const BackupProgress& progress = {});

}  // namespace studiosync::sqlite
