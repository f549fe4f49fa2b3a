#include "os/child_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <utility>

namespace studiosync::os {
namespace {

using Clock = std::chrono::steady_clock;

Unexpected system_failure(const char* what) {
  return fail(ErrorCode::server_error, std::string(what) + ": " + std::strerror(errno));
}

// Whether `file` becomes readable in time.
bool readable(int file, Millis patience) {
  pollfd wanted{.fd = file, .events = POLLIN, .revents = 0};
  return ::poll(&wanted, 1, static_cast<int>(patience.count)) > 0;
}

[[noreturn]] void become(char* const* arguments, int output, const std::string& error_file,
                         pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);  // it ended before we asked
  ::dup2(output, STDOUT_FILENO);
  // Not every library opens its files with O_CLOEXEC. A socket that lives on in a child stays open
  // when its owner closes it, and its peer is never told.
  ::close_range(STDERR_FILENO + 1, ~0U, CLOSE_RANGE_CLOEXEC);
  if (!error_file.empty()) {
    const int errors = ::open(error_file.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (errors >= 0) ::dup2(errors, STDERR_FILENO);
  }
  ::execvp(arguments[0], arguments);
  ::_exit(127);
}

}  // namespace

Result<ChildProcess> ChildProcess::start(const std::vector<std::string>& command,
                                         const std::string& error_file) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return system_failure("pipe");
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t parent = ::getpid();
  const pid_t id = ::fork();
  if (id == 0) become(arguments.data(), pipe[1], error_file, parent);
  ::close(pipe[1]);
  if (id < 0) {
    ::close(pipe[0]);
    return system_failure("fork");
  }
  return ChildProcess(id, pipe[0]);
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : id_(std::exchange(other.id_, -1)),
      output_(std::exchange(other.output_, -1)),
      read_(std::move(other.read_)) {}

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
  std::swap(id_, other.id_);
  std::swap(output_, other.output_);
  std::swap(read_, other.read_);
  return *this;
}

ChildProcess::~ChildProcess() {
  kill();
  if (output_ >= 0) ::close(output_);
}

Result<std::string> ChildProcess::read_line(Millis patience) {
  const auto until = Clock::now() + std::chrono::milliseconds(patience.count);
  for (;;) {
    const std::size_t end = read_.find('\n');
    if (end != std::string::npos) {
      std::string line = read_.substr(0, end);
      read_.erase(0, end + 1);
      return line;
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now());
    if (left.count() < 0 || !readable(output_, Millis{left.count()})) {
      return fail(ErrorCode::timeout, "no line of output in time");
    }
    std::array<char, 4096> buffer{};
    const ssize_t n = ::read(output_, buffer.data(), buffer.size());
    if (n <= 0) return fail(ErrorCode::not_found, "the output has ended");
    read_.append(buffer.data(), static_cast<std::size_t>(n));
  }
}

void ChildProcess::signal(int number) const {
  if (id_ > 0) ::kill(id_, number);
}

Result<int> ChildProcess::wait(Millis patience) {
  if (id_ <= 0) return fail(ErrorCode::not_found, "no process");
  const auto handle = static_cast<int>(::syscall(SYS_pidfd_open, id_, 0));
  if (handle < 0) return system_failure("pidfd_open");
  const bool ended = readable(handle, patience);
  ::close(handle);
  if (!ended) return fail(ErrorCode::timeout, "the process goes on");
  int status = 0;
  if (::waitpid(id_, &status, 0) < 0) return system_failure("waitpid");
  id_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void ChildProcess::kill() {
  if (id_ <= 0) return;
  ::kill(id_, SIGKILL);
  int status = 0;
  ::waitpid(id_, &status, 0);
  id_ = -1;
}

}  // namespace studiosync::os
