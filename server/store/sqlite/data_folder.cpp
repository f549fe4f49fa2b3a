#include "server/store/sqlite/data_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <utility>

namespace studiosync::server {

namespace {

Unexpected system_error(std::string what) {
  return fail(ErrorCode::store_error, std::move(what) + ": " + std::strerror(errno));
}

bool is_shard_file(std::string_view name) {
  return name.starts_with("shard-") && name.ends_with(".db");
}

}  // namespace

Result<DataFolder> DataFolder::lock(const std::string& folder) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
    return system_error("cannot make the data folder");
  const std::string path = folder + "/lock";
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return system_error("cannot open the lock file of the data folder");
  DataFolder held(file);
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return system_error("cannot lock the data folder");
    return fail(ErrorCode::store_locked, "the data folder is in use by another syncd");
  }
  return held;
}

DataFolder::~DataFolder() {
  if (lock_file_ >= 0) ::close(lock_file_);
}

DataFolder::DataFolder(DataFolder&& other) noexcept
    : lock_file_(std::exchange(other.lock_file_, -1)) {}

std::string shard_path(const std::string& folder, std::uint32_t number) {
  return folder + "/shard-" + std::to_string(number) + ".db";
}

Result<std::uint32_t> count_shards(const std::string& folder) {
  std::error_code error;
  std::uint32_t count = 0;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error))
    if (is_shard_file(entry->path().filename().string())) ++count;
  if (error) return fail(ErrorCode::store_error, "cannot list the data folder: " + error.message());
  for (std::uint32_t number = 0; number < count; ++number)
    if (!std::filesystem::exists(shard_path(folder, number), error))
      return fail(ErrorCode::store_error, "shard " + std::to_string(number) + " is missing");
  return count;
}

}  // namespace studiosync::server
