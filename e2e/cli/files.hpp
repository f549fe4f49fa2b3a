// Whole files, in and out.
#pragma once

#include <string>

#include "core/base/result.hpp"

namespace studiosync::e2e {

// `-` is standard input. `not_found` where it cannot be read.
Result<std::string> read_file(const std::string& path);
// `store_error` where it cannot be written.
Result<> write_file(const std::string& path, const std::string& text);

}  // namespace studiosync::e2e
