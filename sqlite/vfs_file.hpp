// Files as SQLite's operating system sees them, which need not be the real one.
#pragma once

#include <string>

#include "core/base/result.hpp"

namespace studiosync::sqlite {

// `vfs` as in OpenOptions. `store_error` when it cannot be told.
Result<bool> file_exists(const std::string& path, const std::string& vfs);

// That there is none is fine.
Result<> remove_file(const std::string& path, const std::string& vfs);

}  // namespace studiosync::sqlite
