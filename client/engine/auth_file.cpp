#include "client/engine/auth_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "core/base/json.hpp"

namespace studiosync::client {
namespace {

constexpr std::size_t file_bytes_max = 64U << 10;

std::string path_in(const std::string& folder) {
  return folder + "/auth.json";
}

Unexpected system_failure(const std::string& what) {
  return fail(ErrorCode::store_error, what + ": " + std::strerror(errno));
}

// A file descriptor that closes itself.
class File {
 public:
  explicit File(int fd) : fd_(fd) {}
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int get() const noexcept { return fd_; }

 private:
  int fd_;
};

Result<std::string> read_all(int fd) {
  std::string text;
  std::array<char, 4096> buffer{};
  for (;;) {
    const ssize_t n = ::read(fd, buffer.data(), buffer.size());
    if (n < 0) return system_failure("cannot read auth.json");
    if (n == 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(n));
    if (text.size() > file_bytes_max)
      return fail(ErrorCode::validation_error, "auth.json is too large");
  }
}

bool write_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t n = ::write(fd, text.data(), text.size());
    if (n < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(n));
  }
  return true;
}

// Every text member, under its name in the file.
template <class LoginType, class Visit>
void each_member(LoginType& login, Visit visit) {
  visit("server", login.server);
  visit("user_id", login.user_id);
  visit("email", login.email);
  visit("username", login.username);
  visit("device_id", login.device_id);
  visit("device_name", login.device_name);
  visit("ca_file", login.ca_file);
  visit("access_token", login.access_token);
  visit("refresh_token", login.refresh_token);
}

}  // namespace

Result<std::optional<Login>> load_login(const std::string& folder) {
  const File file(::open(path_in(folder).c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0 && errno == ENOENT) return std::optional<Login>();
  if (file.get() < 0) return system_failure("cannot open auth.json");
  struct stat status {};
  if (::fstat(file.get(), &status) != 0) return system_failure("cannot inspect auth.json");
  if ((status.st_mode & 077U) != 0) {
    return fail(ErrorCode::forbidden, "auth.json can be read by others; run chmod 600 on it");
  }
  SS_ASSIGN(const std::string text, read_all(file.get()));
  const auto json = parse_json(text);
  if (!json || !json->is_object()) return fail(ErrorCode::validation_error, "auth.json is damaged");
  Login login;
  each_member(login, [&](const char* name, std::string& value) {
    const Json* member = json->find(name);
    if (member != nullptr && member->is_string()) value = member->as_string();
  });
  const Json* expires = json->find("expires_at");
  if (expires != nullptr && expires->is_string()) {
    if (const auto time = parse_rfc3339(expires->as_string()))
      login.expires = {time->unix_us / 1000};
  }
  return std::optional<Login>(std::move(login));
}

Result<> save_login(const std::string& folder, const Login& login) {
  Json json = Json::object();
  each_member(login, [&](const char* name, const std::string& value) { json.set(name, value); });
  json.set("expires_at", to_rfc3339(login.expires));
  const std::string text = json.pretty() + '\n';
  const std::string temporary = path_in(folder) + "." + std::to_string(::getpid()) + ".new";
  {
    const File file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (file.get() < 0) return system_failure("cannot write auth.json");
    if (!write_all(file.get(), text) || ::fsync(file.get()) != 0) {
      ::unlink(temporary.c_str());
      return system_failure("cannot write auth.json");
    }
  }
  if (::rename(temporary.c_str(), path_in(folder).c_str()) != 0) {
    ::unlink(temporary.c_str());
    return system_failure("cannot replace auth.json");
  }
  const File directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.get() < 0 || ::fsync(directory.get()) != 0)
    return system_failure("cannot sync the folder");
  return {};
}

}  // namespace studiosync::client
