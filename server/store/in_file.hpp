// Which of a folder's databases an error is about.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/base/result.hpp"

namespace studiosync::server {

inline std::string_view file_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

// The error with the name of its file in front: `shard-2.db: file is not a database`.
inline Unexpected in_file(std::string_view path, Error error) {
  error.message.insert(0, std::string(file_name(path)) + ": ");
  return Unexpected(std::move(error));
}

}  // namespace studiosync::server
