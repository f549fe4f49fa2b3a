// syncctl: a StudioSync device on the command line.
#include "client/cli/commands.hpp"
#include "os/core_dump.hpp"

int main(int argc, char** argv) {
  studiosync::os::forbid_core_dumps();
  return studiosync::client::run_command(argc, argv);
}
