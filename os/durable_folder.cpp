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

// Not every file system can tell rename to replace nothing; every one can tell link.
bool rename_to_new(const char* from, const char* to) {
  if (::renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0) return true;
  if (errno != EINVAL && errno != ENOSYS) return false;
  return ::link(from, to) == 0 && ::unlink(from) == 0;
}

}  // namespace

Result<> publish_folder(const std::string& unfinished, const std::string& folder) {
  SS_TRY(sync_folder(unfinished));
  if (std::rename(unfinished.c_str(), folder.c_str()) != 0) return system_failure(folder);
  return sync_folder_of(folder);
}

Result<> move_file(const std::string& from, const std::string& to) {
  if (!rename_to_new(from.c_str(), to.c_str())) return system_failure(to);
  SS_TRY(sync_folder_of(to));
  return sync_folder_of(from);
}

Result<> sync_folder_of(const std::string& path) {
  const auto parent = std::filesystem::path(path).parent_path();
  return sync_folder(parent.empty() ? "." : parent.string());
}

}  // namespace studiosync::os
