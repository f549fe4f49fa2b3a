#include "e2e/cli/seed_farm.hpp"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <map>
#include <memory>
#include <vector>

#include "core/base/check.hpp"

namespace studiosync::e2e {
namespace {

// Between two looks at whether all shall stop: a signal may come just before the wait for a line.
constexpr int glance_ms = 250;

// Takes every `jobs`-th seed. Writes one line a seed to its pipe; the reader knows which one comes
// next.
class Worker {
  using Clock = std::chrono::steady_clock;

 public:
  Worker(const SeedRange& range, const SeedJob& job, std::uint64_t first)
      : range_(range), job_(job), first_(first), next_(first) {
    begin();
  }
  ~Worker() {
    if (!over()) (void)::kill(child_, SIGKILL);  // it would go on for ever
    (void)end();
  }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  int pipe() const noexcept { return pipe_; }
  bool over() const noexcept { return pipe_ < 0; }

  // It dies of it; what it has written before is still read.
  void end_if_silent() {
    if (over() || Clock::now() - heard_ <= range_.silence_max) return;
    std::fprintf(stderr, "seed %llu has not ended in %.0f s: its process is killed\n",
                 static_cast<unsigned long long>(next_),
                 std::chrono::duration<double>(range_.silence_max).count());
    (void)::kill(child_, SIGKILL);
    heard_ = Clock::now();
  }

  // Reads what there is; calls `done` for each seed that came to its end.
  void read(const std::function<void(std::uint64_t, std::optional<std::string>)>& done) {
    char buffer[1 << 16];
    const ssize_t size = ::read(pipe_, buffer, sizeof buffer);
    if (size < 0 && errno == EINTR) return;
    heard_ = Clock::now();
    if (size <= 0) {
      if (end()) return;
      done(take_next(), std::nullopt);
      begin();
      return;
    }
    text_.append(buffer, static_cast<std::size_t>(size));
    for (auto at = text_.find('\n'); at != std::string::npos; at = text_.find('\n')) {
      done(take_next(), text_.substr(0, at));
      text_.erase(0, at + 1);
    }
  }

 private:
  std::uint64_t take_next() noexcept {
    const std::uint64_t seed = next_;
    next_ += range_.jobs;
    return seed;
  }

  // Behind the last seed that there is, they begin anew.
  bool wanted(std::uint64_t seed) const {
    return seed >= first_ && seed <= range_.last && (!range_.until || Clock::now() < *range_.until);
  }

  void begin() {
    if (!wanted(next_)) return;
    heard_ = Clock::now();
    int ends[2];
    SS_CHECK(::pipe(ends) == 0);
    std::fflush(stdout);
    child_ = ::fork();
    SS_CHECK(child_ >= 0);
    if (child_ == 0) {
      ::close(ends[0]);
      work(ends[1]);
    }
    ::close(ends[1]);
    pipe_ = ends[0];
    text_.clear();
  }

  [[noreturn]] void work(int out) {
    for (std::uint64_t seed = next_; wanted(seed); seed += range_.jobs) {
      const std::string line = job_(seed) + "\n";
      std::size_t written = 0;
      while (written < line.size()) {
        const ssize_t size = ::write(out, line.data() + written, line.size() - written);
        if (size <= 0) ::_exit(EXIT_FAILURE);
        written += static_cast<std::size_t>(size);
      }
    }
    ::_exit(EXIT_SUCCESS);
  }

  // Whether the process came to its own end.
  bool end() {
    if (pipe_ < 0) return true;
    ::close(pipe_);
    pipe_ = -1;
    int status = 0;
    while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) continue;
    return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
  }

  const SeedRange& range_;
  const SeedJob& job_;
  const std::uint64_t first_;
  std::uint64_t next_;
  Clock::time_point heard_;
  pid_t child_ = 0;
  int pipe_ = -1;
  std::string text_;
};

std::vector<pollfd> pipes_of(const std::vector<std::unique_ptr<Worker>>& workers) {
  std::vector<pollfd> pipes;
  for (const auto& worker : workers) pipes.push_back({worker->pipe(), POLLIN, 0});
  return pipes;
}

}  // namespace

void run_seeds(const SeedRange& range, const SeedJob& job, const SeedDone& done) {
  std::vector<std::unique_ptr<Worker>> workers;
  for (std::size_t i = 0; i < range.jobs && i <= range.last - range.first; ++i) {
    workers.push_back(std::make_unique<Worker>(range, job, range.first + i));
  }
  std::map<std::uint64_t, std::optional<std::string>> early;
  std::uint64_t next = range.first;
  bool more = true;
  while (more) {
    std::erase_if(workers, [](const auto& worker) { return worker->over(); });
    if (workers.empty()) break;
    std::vector<pollfd> pipes = pipes_of(workers);
    const int ready = ::poll(pipes.data(), pipes.size(), glance_ms);
    // Before it is read that a process died of the signal that stops us, too.
    if (range.stopped && range.stopped()) break;
    for (const auto& worker : workers) worker->end_if_silent();
    if (ready <= 0) continue;
    for (std::size_t i = 0; i < pipes.size(); ++i) {
      if (pipes[i].revents == 0) continue;
      workers[i]->read([&](std::uint64_t seed, std::optional<std::string> line) {
        early.emplace(seed, std::move(line));
      });
    }
    for (; more && early.contains(next); early.erase(next++)) more = done(next, early.at(next));
  }
  for (; more && !early.empty(); early.erase(early.begin())) {
    more = done(early.begin()->first, early.begin()->second);
  }
}

}  // namespace studiosync::e2e
