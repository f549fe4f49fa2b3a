#include "server/auth/secret_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>

#include "core/base/hex.hpp"
#include "os/entropy.hpp"

namespace studiosync::server {
namespace {

constexpr std::size_t kSecretBytes = 32;

class File {
 public:
  File(const std::string& path, int flags, mode_t mode = 0)
      : fd_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}
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

Unexpected os_error(const std::string& path) {
  return fail(ErrorCode::store_error, path + ": " + std::system_category().message(errno));
}

Result<std::string> read_secret(const File& file, const std::string& path) {
  struct stat status {};
  if (::fstat(file.fd(), &status) != 0) return os_error(path);
  if (status.st_uid != ::geteuid() || (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return fail(ErrorCode::store_error, path + " must be readable by its owner only (chmod 600)");
  }
  std::string text(2 * kSecretBytes + 1, '\0');  // one more than fits, to notice a longer file
  const ssize_t got = ::read(file.fd(), text.data(), text.size());
  if (got < 0) return os_error(path);
  text.resize(static_cast<std::size_t>(got));
  if (text.size() != 2 * kSecretBytes || !from_hex(text)) {
    return fail(ErrorCode::store_error, path + " does not hold a secret of this program");
  }
  return text;
}

// A reader sees the whole file or none, also after a power cut.
Result<> write_durably(const std::string& path, const std::string& text) {
  const std::string unfinished = path + ".new";
  const File file(unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, S_IRUSR | S_IWUSR);
  if (!file.is_open()) return os_error(unfinished);
  const ssize_t written = ::write(file.fd(), text.data(), text.size());
  if (written != static_cast<ssize_t>(text.size())) return os_error(unfinished);
  if (::fsync(file.fd()) != 0) return os_error(unfinished);
  if (std::rename(unfinished.c_str(), path.c_str()) != 0) return os_error(path);
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const File parent(folder.empty() ? "." : folder, O_RDONLY | O_DIRECTORY);
  if (!parent.is_open() || ::fsync(parent.fd()) != 0) return os_error(folder);
  return {};
}

}  // namespace

Result<std::string> load_or_create_secret(const std::string& path) {
  if (const File file(path, O_RDONLY | O_NOFOLLOW); file.is_open()) return read_secret(file, path);
  if (errno != ENOENT) return os_error(path);
  std::array<std::uint8_t, kSecretBytes> bytes{};
  os::fill_random(bytes);
  std::string text = to_hex(bytes);
  SS_TRY(write_durably(path, text));
  return text;
}

}  // namespace studiosync::server
