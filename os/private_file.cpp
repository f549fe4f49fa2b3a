#include "os/private_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

#include "os/durable_folder.hpp"

namespace studiosync::os {
namespace {

namespace fs = std::filesystem;

// A file descriptor that closes itself.
class File {
 public:
  explicit File(int fd) noexcept : fd_(fd) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  bool is_open() const noexcept { return fd_ >= 0; }
  int fd() const noexcept { return fd_; }

 private:
  int fd_;
};

Unexpected system_failure(const std::string& path) {
  return fail(ErrorCode::store_error, path + ": " + std::strerror(errno));
}

Result<> check_private(const File& file, const std::string& path) {
  struct stat status {};
  if (::fstat(file.fd(), &status) != 0) return system_failure(path);
  const bool ours = status.st_uid == ::geteuid();
  if (ours && (status.st_mode & (S_IRWXG | S_IRWXO)) == 0) return {};
  return fail(ErrorCode::forbidden, path + " must be readable by its owner only (chmod 600)");
}

Result<std::string> read_all(const File& file, const std::string& path, std::size_t bytes_max) {
  std::string text;
  std::array<char, 4096> buffer{};
  for (;;) {
    const ssize_t n = ::read(file.fd(), buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return system_failure(path);
    if (n == 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(n));
    if (text.size() > bytes_max) return fail(ErrorCode::validation_error, path + " is too large");
  }
}

bool write_all(const File& file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(file.fd(), text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

Result<> write_new(const std::string& path, std::string_view text) {
  const File file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file.is_open() || !write_all(file, text) || ::fsync(file.fd()) != 0) {
    return system_failure(path);
  }
  return {};
}

// Not fs::create_directories: a folder must never be open to others, not even for a moment.
std::error_code make_folder(const fs::path& folder) {
  std::error_code unknown;  // then mkdir tells
  if (folder.empty() || fs::is_directory(folder, unknown)) return {};
  if (const auto failed = make_folder(folder.parent_path())) return failed;
  if (::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) return {};
  return {errno, std::generic_category()};
}

}  // namespace

Result<std::optional<std::string>> read_private_file(const std::string& path,
                                                     std::size_t bytes_max) {
  const File file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  if (!file.is_open() && errno == ENOENT) return std::nullopt;
  if (!file.is_open()) return system_failure(path);
  SS_TRY(check_private(file, path));
  SS_ASSIGN(std::string text, read_all(file, path, bytes_max));
  return text;
}

Result<> write_private_file(const std::string& path, std::string_view text) {
  // The process's own name, so that two writers do not meet in one unfinished file.
  const std::string unfinished = path + "." + std::to_string(::getpid()) + ".new";
  ::unlink(unfinished.c_str());  // left by a process that had our number and crashed
  if (auto written = write_new(unfinished, text); !written) {
    ::unlink(unfinished.c_str());
    return written;
  }
  if (std::rename(unfinished.c_str(), path.c_str()) != 0) {
    auto failure = system_failure(path);
    ::unlink(unfinished.c_str());
    return failure;
  }
  return sync_folder_of(path);
}

Result<> make_private_folder(const std::string& folder) {
  const auto failed = make_folder(folder);
  if (!failed) return {};
  return fail(ErrorCode::store_error, "cannot make " + folder + ": " + failed.message());
}

}  // namespace studiosync::os
