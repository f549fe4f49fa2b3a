#include "server/app/test_accounts.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <future>

#include "core/base/json.hpp"
#include "os/entropy.hpp"
#include "server/app/app.hpp"
#include "server/auth/auth_service.hpp"

namespace studiosync::server {
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

Unexpected system_failure(const std::string& path) {
  return fail(ErrorCode::store_error, path + ": " + std::strerror(errno));
}

// Tokens are in it: nobody else may read it, whoever could read what it held before. A device keeps
// its mode.
Result<File> open_private(const std::string& path) {
  if (path == "-") return File(::fdopen(::dup(STDOUT_FILENO), "w"), &std::fclose);
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return system_failure(path);
  File file(::fdopen(fd, "w"), &std::fclose);
  struct stat status {};
  if (::fstat(fd, &status) != 0) return system_failure(path);
  if (S_ISREG(status.st_mode) && ::fchmod(fd, 0600) != 0) return system_failure(path);
  return file;
}

// What is still in memory may find no room.
Result<> close_written(File file, const std::string& path) {
  if (std::fclose(file.release()) != 0) return system_failure(path);
  return {};
}

std::string line_for(const Grant& grant, const std::string& password) {
  Json line = Json::object();
  line.set("user_id", grant.profile.id);
  line.set("email", grant.profile.email);
  line.set("username", grant.profile.username);
  line.set("password", password);
  line.set("token", grant.access_token);
  line.set("refresh_token", grant.refresh_token);
  line.set("expires_at", to_rfc3339(grant.expires));
  return line.dump() + '\n';
}

Result<Grant> register_and_wait(AuthService& auth, const std::string& name,
                                const std::string& password) {
  std::promise<Result<Grant>> promise;
  auto answer = promise.get_future();
  auth.register_account(name, name + "@example.test", password,
                        [&](Result<Grant> grant) { promise.set_value(std::move(grant)); });
  return answer.get();
}

}  // namespace

Result<> create_test_accounts(const Config& config, const TestAccounts& wanted) {
  if (config.production()) {
    return fail(ErrorCode::forbidden, "test accounts are not made in production");
  }
  SS_ASSIGN(auto app, App::open(config));
  SS_ASSIGN(File out, open_private(wanted.out_file));
  const std::string run =
      os::random_uuid().substr(0, 8);  // so that a second call makes further ones
  for (std::size_t i = 0; i < wanted.count; ++i) {
    const std::string name = wanted.prefix + "-" + run + "-" + std::to_string(i + 1);
    const std::string password = os::random_uuid();
    SS_ASSIGN(const Grant grant, register_and_wait(app->auth(), name, password));
    const std::string line = line_for(grant, password);
    if (std::fwrite(line.data(), 1, line.size(), out.get()) != line.size()) {
      return system_failure(wanted.out_file);
    }
    if ((i + 1) % 100 == 0) std::fprintf(stderr, "%zu of %zu accounts\n", i + 1, wanted.count);
  }
  return close_written(std::move(out), wanted.out_file);
}

}  // namespace studiosync::server
