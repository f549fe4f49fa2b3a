#include "loadtest/null_server/null_server.hpp"

#include <csignal>
#include <cstdio>

#include "loadtest/cli/exit_code.hpp"
#include "loadtest/cli/files.hpp"
#include "loadtest/cli/verbs.hpp"

namespace studiosync::load {

int run_null_server(const NullServerVerb& verb) {
  // Blocked before any thread starts, so that only this one takes them.
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  NullServer server(verb.port);
  if (const auto started = server.start(); !started) {
    complain(started.error());
    return exit_usage;
  }
  std::printf("%s\n", server.url().c_str());
  std::fflush(stdout);
  int signal = 0;
  sigwait(&signals, &signal);
  return exit_passed;
}

}  // namespace studiosync::load
