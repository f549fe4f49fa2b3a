#include "e2e/process/guarded.hpp"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "core/base/check.hpp"
#include "os/entropy.hpp"

namespace studiosync::e2e {
namespace {

namespace fs = std::filesystem;

constexpr int died = 128;  // plus the signal, as a shell has it

fs::path parent_folder() {
  const fs::path memory = "/dev/shm";
  const bool in_memory = std::getenv("TMPDIR") == nullptr && ::access(memory.c_str(), W_OK) == 0;
  return in_memory ? memory : fs::temp_directory_path();
}

class Folder {
 public:
  Folder() : path_(parent_folder() / ("studiosync-run-" + os::random_uuid())) {
    fs::create_directory(path_);
    fs::permissions(path_, fs::perms::owner_all);
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

// Those that end a run, and the one that says that a child ended, wait until they are asked for.
class HeldSignals {
 public:
  HeldSignals() {
    sigemptyset(&held_);
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGCHLD}) sigaddset(&held_, number);
    sigprocmask(SIG_BLOCK, &held_, &before_);
  }
  ~HeldSignals() { release(); }
  HeldSignals(const HeldSignals&) = delete;
  HeldSignals& operator=(const HeldSignals&) = delete;

  int next() const {
    int number = 0;
    sigwait(&held_, &number);
    return number;
  }
  void release() const { sigprocmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t held_{};
  sigset_t before_{};
};

int exit_code_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : died + WTERMSIG(status);
}

// The worker and whatever it starts are one process group, and ours to reap.
class Worker {
 public:
  explicit Worker(pid_t id) : id_(id) { ::setpgid(id_, id_); }

  // Until it ends by itself, or a signal says that it shall.
  int wait(const HeldSignals& signals) {
    for (;;) {
      const int number = signals.next();
      if (number != SIGCHLD) return died + number;
      int status = 0;
      if (::waitpid(id_, &status, WNOHANG) == id_) return exit_code_of(status);
    }
  }

  void end_all() const {
    ::kill(-id_, SIGKILL);
    while (::waitpid(-1, nullptr, 0) > 0 || errno == EINTR) continue;
  }

 private:
  pid_t id_;
};

}  // namespace

int run_guarded(const std::function<int(const std::string& folder)>& work) {
  const Folder folder;
  const HeldSignals signals;
  ::prctl(PR_SET_CHILD_SUBREAPER, 1);
  std::fflush(nullptr);
  const pid_t parent = ::getpid();
  const pid_t child = ::fork();
  SS_CHECK(child >= 0);
  if (child == 0) {
    ::setpgid(0, 0);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    signals.release();
    if (::getppid() != parent) ::_exit(EXIT_FAILURE);
    const int code = work(folder.path());
    std::fflush(nullptr);
    ::_exit(code);  // the folder is the parent's
  }
  Worker worker(child);
  const int code = worker.wait(signals);
  worker.end_all();
  return code;
}

}  // namespace studiosync::e2e
