// syncload: the load tester's command line.
#include <csignal>

#include "loadtest/cli/commands.hpp"

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  return studiosync::load::run_command(argc, argv);
}
