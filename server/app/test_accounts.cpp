#include "server/app/test_accounts.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <deque>
#include <future>
#include <memory>
#include <thread>

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

struct NewAccount {
  std::string password;
  std::future<Result<Grant>> grant;
};

NewAccount begin_registering(AuthService& auth, const std::string& name) {
  NewAccount account{.password = os::random_uuid(), .grant = {}};
  auto promise = std::make_shared<std::promise<Result<Grant>>>();
  account.grant = promise->get_future();
  auth.register_account(name, name + "@example.test", account.password,
                        [promise](Result<Grant> grant) { promise->set_value(std::move(grant)); });
  return account;
}

// Hashing passwords is nearly all of it, and nobody else is served meanwhile: all processors hash.
std::size_t hash_on_all_processors(Config& config) {
  auto& auth = config.auth;
  auth.bcrypt_threads =
      std::max<std::int64_t>(auth.bcrypt_threads, std::thread::hardware_concurrency());
  const std::int64_t at_once = 2 * auth.bcrypt_threads;  // no thread waits for a line to be written
  auth.bcrypt_queue = std::max(auth.bcrypt_queue, at_once);
  return static_cast<std::size_t>(at_once);
}

}  // namespace

Result<> create_test_accounts(Config config, const TestAccounts& wanted) {
  if (config.production()) {
    return fail(ErrorCode::forbidden, "test accounts are not made in production");
  }
  const std::size_t at_once = hash_on_all_processors(config);
  SS_ASSIGN(auto app, App::open(config));
  SS_ASSIGN(File out, open_private(wanted.out_file));
  const std::string run =
      os::random_uuid().substr(0, 8);  // so that a second call makes further ones
  std::deque<NewAccount> under_way;    // in the order of their lines
  std::size_t begun = 0;
  for (std::size_t written = 0; written < wanted.count;) {
    for (; begun < wanted.count && under_way.size() < at_once; ++begun) {
      const std::string name = wanted.prefix + "-" + run + "-" + std::to_string(begun + 1);
      under_way.push_back(begin_registering(app->auth(), name));
    }
    SS_ASSIGN(const Grant grant, under_way.front().grant.get());
    const std::string line = line_for(grant, under_way.front().password);
    under_way.pop_front();
    if (std::fwrite(line.data(), 1, line.size(), out.get()) != line.size()) {
      return system_failure(wanted.out_file);
    }
    if (++written % 100 == 0) std::fprintf(stderr, "%zu of %zu accounts\n", written, wanted.count);
  }
  return close_written(std::move(out), wanted.out_file);
}

}  // namespace studiosync::server
