#include "os/durable_folder.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace studiosync::os {
namespace {

Unexpected system_failure(const std::string& path) {
  const bool taken = errno == EEXIST || errno == ENOTEMPTY || errno == ENOTDIR;
  return fail(taken ? ErrorCode::already_exists : ErrorCode::store_error,
              path + ": " + std::strerror(errno));
}

// What was made, renamed or removed in a folder is on the disk when the folder is.
Result<> sync_folder(const std::string& folder) {
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return system_failure(folder);
  const bool synced = ::fsync(file) == 0;
  const int error = errno;
  ::close(file);
  errno = error;
  return synced ? Result<>{} : system_failure(folder);
}

}  // namespace

Result<> publish_folder(const std::string& unfinished, const std::string& folder) {
  SS_TRY(sync_folder(unfinished));
  if (std::rename(unfinished.c_str(), folder.c_str()) != 0) return system_failure(folder);
  const auto parent = std::filesystem::path(folder).parent_path();
  return sync_folder(parent.empty() ? "." : parent.string());
}

}  // namespace studiosync::os
