#include "os/file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace studiosync::os {
namespace {

constexpr std::size_t line_bytes_max = 4096;

}  // namespace

Result<FileLock> FileLock::take(const std::string& path) {
  return open(path, LOCK_EX | LOCK_NB);
}
Result<FileLock> FileLock::wait(const std::string& path) {
  return open(path, LOCK_EX);
}

Result<FileLock> FileLock::open(const std::string& path, int operation) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return fail(ErrorCode::store_error, path + ": " + std::strerror(errno));
  FileLock lock(file);
  int answer = 0;
  do {
    answer = ::flock(file, operation);
  } while (answer != 0 && errno == EINTR);
  if (answer == 0) {
    lock.tell({});  // what an earlier owner left
    return lock;
  }
  if (errno != EWOULDBLOCK) return fail(ErrorCode::store_error, path + ": " + std::strerror(errno));
  return fail(ErrorCode::store_locked, path + " is held by another process");
}

void FileLock::tell(std::string_view line) noexcept {
  if (::ftruncate(file_, 0) != 0) return;
  [[maybe_unused]] const ssize_t written = ::pwrite(file_, line.data(), line.size(), 0);
}

std::string FileLock::told(const std::string& path) {
  std::string line(line_bytes_max, '\0');
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return {};
  const ssize_t got = ::pread(file, line.data(), line.size(), 0);
  ::close(file);
  line.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return line;
}

FileLock::FileLock(FileLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(file_, other.file_);
  return *this;
}

FileLock::~FileLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace studiosync::os
