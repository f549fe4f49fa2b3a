#include <fcntl.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <memory>

#include "client/cli/exit_code.hpp"
#include "client/cli/recorder.hpp"
#include "client/cli/reply_member.hpp"
#include "client/cli/verbs.hpp"
#include "os/wall_clock.hpp"

namespace studiosync::client {
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

// Nobody else's to read, redacted or not.
File open_trace(const std::string& file) {
  if (file.empty() || file == "-") return {stdout, [](std::FILE* out) { return std::fflush(out); }};
  const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  return {made < 0 ? nullptr : ::fdopen(made, "w"), &std::fclose};
}

sigset_t block_end_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

// The device does not know them: the server decides about conflicts.
void tell_policies(const Cli& cli, const std::optional<Login>& login, Recorder& recorder) {
  const Result<HttpReply> reply = login ? ask_in_passing(cli, *login, "/api/sync/policies")
                                        : fail(ErrorCode::unauthorized, "not set up");
  if (!reply) return cli.out.note("without the policies for conflicts: " + reply.error().message);
  const Json* policies = reply->body.find("policies");
  for (const EntitySpec& spec : registry()) {
    const std::string name = policies == nullptr ? "" : text_member(*policies, spec.wire_name);
    const auto strategy = parse_strategy(name);
    if (!strategy || *strategy == spec.strategy) continue;
    recorder.tell_policy(spec.type, *strategy, os::wall_now());
  }
}

// Looks 50 times a second until the time is over, a signal comes, or nothing can be read.
void follow(Recorder& recorder, const SqliteDeviceStore& store, Millis duration,
            const sigset_t& signals) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(duration.count);
  const timespec pause{.tv_sec = 0, .tv_nsec = 20'000'000};
  bool signalled = false;
  while (!signalled && !store.error() &&
         (duration.count == 0 || std::chrono::steady_clock::now() < end)) {
    recorder.look();
    signalled = ::sigtimedwait(&signals, nullptr, &pause) > 0;
  }
  recorder.look();
}

}  // namespace

Result<int> run_record(const Cli& cli, const RecordingOptions& options) {
  const sigset_t signals = block_end_signals();  // before the first line is out
  SS_ASSIGN(const auto login, current_login(cli));
  SS_ASSIGN(auto store, open_device(cli));
  const File out = open_trace(options.file);
  if (!out) return fail(ErrorCode::store_error, options.file + ": " + std::strerror(errno));
  Recorder recorder(*store, login ? login->user_id : "local", store->meta().device_name,
                    [&out](const std::string& line) {
                      std::fprintf(out.get(), "%s\n", line.c_str());
                      std::fflush(out.get());
                    });
  recorder.begin(os::wall_now());
  tell_policies(cli, login, recorder);
  follow(recorder, *store, options.duration, signals);
  if (std::ferror(out.get()) != 0) return fail(ErrorCode::store_error, "cannot write the trace");
  SS_TRY(store->take_error());
  cli.out.note(std::to_string(recorder.events()) + " events recorded");
  return exit_fine;
}

}  // namespace studiosync::client
